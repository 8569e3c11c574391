import type { SharedState } from '@slidev/client/state/shared.ts'

type Timer = SharedState['timer']

/** A timer that goes on, from what a window has kept of it; nothing where there is none, or it does not go on. */
export function keptTimer(text: string | null): Timer | undefined {
  try {
    const { status, startedAt, pausedAt } = JSON.parse(text ?? '{}') as Partial<Record<keyof Timer, unknown>>
    if (typeof startedAt !== 'number' || typeof pausedAt !== 'number' || !(startedAt > 0)) return undefined
    return status === 'running' || (status === 'paused' && pausedAt >= startedAt) ? { status, slides: {}, startedAt, pausedAt } : undefined
  }
  catch {
    return undefined
  }
}

// As slidev-client.d.ts, for what the windows of a talk share.

/** Times in milliseconds since 1970. */
export interface SharedState {
  page: number
  clicks: number
  timer: { status: 'stopped' | 'running' | 'paused', slides: Record<number, { start?: number, end?: number }>, startedAt: number, pausedAt: number }
}

export declare const sharedState: SharedState

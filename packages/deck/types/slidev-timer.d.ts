// As slidev-client.d.ts, for the presenter's timer.
import type { ComputedRef } from 'vue'

/** The presenter's timer. */
export declare function useTimer(): {
  /** Seconds since it was started, 0 before. */
  passed: ComputedRef<number>
  status: ComputedRef<'stopped' | 'running' | 'paused'>
}

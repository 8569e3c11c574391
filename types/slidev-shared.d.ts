// As slidev-client.d.ts, for what the windows of a talk share.
import type { Timer } from '../lib/kept-timer.ts'

export declare const sharedState: { timer: Timer }

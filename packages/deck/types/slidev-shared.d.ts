// As slidev-client.d.ts, for what the windows of a talk share.
import type { Timer } from 'slidev-addon-present/kept-timer'

export declare const sharedState: { timer: Timer }

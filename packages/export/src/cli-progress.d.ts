/** What the export uses of cli-progress, which brings no types. */
declare module 'cli-progress' {
  export const Presets: { shades_classic: object }
  export class SingleBar {
    constructor(options: { format: string, barsize: number, clearOnComplete: boolean }, preset: object)
    start(total: number, value: number, payload: Record<string, string>): void
    update(payload: Record<string, string>): void
    increment(): void
    stop(): void
  }
}

const WIDTH = 24

/** Shows how far the work is: a bar on a terminal, nothing elsewhere. */
export class ProgressBar {
  private done = 0
  private readonly total: number
  private readonly stream: NodeJS.WriteStream

  constructor(total: number, stream: NodeJS.WriteStream = process.stderr) {
    this.total = total
    this.stream = stream
  }

  /** Says what is being worked on. */
  show(what: string): void {
    if (!this.stream.isTTY) return
    const filled = Math.round(WIDTH * this.done / Math.max(1, this.total))
    this.stream.write(`\r\u001B[K${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${this.done}/${this.total} ${what}`)
  }

  /** Counts a finished piece of work. */
  advance(what: string): void {
    this.done++
    this.show(what)
  }

  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001B[K')
  }
}

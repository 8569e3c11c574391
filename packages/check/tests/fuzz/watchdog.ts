import { Worker } from 'node:worker_threads'

/** Longest input that is shown of a hang, in bytes. */
const SHOWN = 16_384

/** What the thread does: sees that the counter moves on, and ends the process where it stands still. */
const WATCH = `
const { workerData: { counter, text, patience } } = process.getBuiltinModule('node:worker_threads')
let [seen, since] = [0, Date.now()]
setInterval(() => {
  const now = Atomics.load(counter, 0)
  if (now !== seen || now % 2 === 0) { [seen, since] = [now, Date.now()]; return }
  if (Date.now() - since < patience) return
  const length = Atomics.load(counter, 1)
  process.getBuiltinModule('node:fs').writeSync(2, 'Hang: nothing came of this input within ' + patience / 1000 + ' s:\\n' + Buffer.from(text.slice(0, length)).toString() + '\\n')
  process.kill(process.pid, 'SIGKILL')
}, Math.min(500, patience / 4))
`

/** Ends a process that hangs on an input, showing it: a hang can't be timed from within, since nothing else gets a turn. */
export class Watchdog {
  /** Odd while an input is being worked on; then the length of what is shown of it. */
  private readonly counter = new Int32Array(new SharedArrayBuffer(8))
  private readonly text = new Uint8Array(new SharedArrayBuffer(SHOWN))
  private readonly thread: Worker

  /** @param patience in milliseconds. */
  constructor(patience = 20_000) {
    this.thread = new Worker(WATCH, { eval: true, workerData: { counter: this.counter, text: this.text, patience } })
    this.thread.unref()
  }

  /** Works on one input under watch. */
  watch<T>(input: string, work: () => T): T {
    this.begin(input)
    try {
      return work()
    }
    finally {
      Atomics.add(this.counter, 0, 1)
    }
  }

  /** Works on one input under watch, to the end of the promise. */
  async watchAsync<T>(input: string, work: () => Promise<T>): Promise<T> {
    this.begin(input)
    try {
      return await work()
    }
    finally {
      Atomics.add(this.counter, 0, 1)
    }
  }

  private begin(input: string): void {
    const { written } = new TextEncoder().encodeInto(input, this.text)
    Atomics.store(this.counter, 1, written)
    Atomics.add(this.counter, 0, 1)
  }

  close(): Promise<number> {
    return this.thread.terminate()
  }
}

/** Who moved last, as windows of a talk tell one another. */
export interface Move {
  /** The window that moved. */
  id: string
  /** When, by that window's own clock, in milliseconds. */
  time: number
}

/** How one window of a talk goes along with the others: it tells of its own steps only, and takes each step of another once. */
export class Following {
  private followed: string | undefined
  /** Whether where it arrives first counts as followed. */
  private waits: boolean
  /** Whether slides are being exchanged, so that their numbers mean another slide in each window: it then tells nothing and takes nothing. */
  isPaused = false
  private readonly seen = new Map<string, number>()

  /** @param waits for a window that was loaded again: it has gone nowhere by itself until its first step. */
  constructor(waits: boolean) {
    this.waits = waits
  }

  /** Whether it stands where it is by a step of its own. */
  get leads(): boolean {
    return !this.isPaused && this.followed === undefined && !this.waits
  }

  /** Notes that this window is on its way to where another one went. */
  follow(page: number, clicks: number): void {
    this.followed = `${page}.${clicks}`
  }

  /**
   * Notes where this window has arrived.
   * @returns whether by a step of its own: one that follows another is not to be told, it would take back what the other has done since.
   */
  arrive(page: number, clicks: number): boolean {
    if (this.isPaused) return false
    if (this.waits) this.follow(page, clicks)
    this.waits = false
    if (this.followed !== `${page}.${clicks}`) this.followed = undefined
    return this.leads
  }

  /** Whether a move was not seen yet. Messages overtake one another, and come again with every movement of the pointer. */
  isNews(move: Move | undefined): boolean {
    if (this.isPaused || !move || move.time <= (this.seen.get(move.id) ?? 0)) return false
    this.seen.set(move.id, move.time)
    return true
  }
}

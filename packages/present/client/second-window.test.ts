import { expect, it } from 'vitest'
import { joinWindows } from './second-window.ts'

interface Shared { page: number, timer: string, cursor?: { x: number } | undefined }

/** A window of a talk; messages arrive at once, from the one that is at work. */
class TalkWindow {
  static atWork: TalkWindow
  closed = false
  state: Shared = { page: 1, timer: 'stopped' }
  readonly opener: TalkWindow | null
  private listener: (event: unknown) => void = () => undefined
  private repeated: (() => void)[] = []
  private write: (state: Shared, updating?: boolean) => void = () => undefined

  constructor(opener: TalkWindow | null = null) {
    this.opener = opener
  }

  addEventListener(_: 'message', listener: (event: unknown) => void): void {
    this.listener = listener
  }

  setInterval(work: () => void): void {
    this.repeated.push(work)
  }

  postMessage(data: unknown): void {
    this.listener({ source: TalkWindow.atWork, data })
  }

  /** Loads the talk, for the first time or anew. */
  load(title: string, isPresenter = false): this {
    TalkWindow.atWork = this
    this.repeated = []
    this.state = { page: 1, timer: 'stopped' }
    const sync = joinWindows(this as unknown as Window, () => isPresenter)
    this.write = sync.init<Shared>(`${title} - shared`, patch => Object.assign(this.state, patch), this.state) ?? this.write
    return this
  }

  change(state: Partial<Shared>, updating = false): void {
    TalkWindow.atWork = this
    Object.assign(this.state, state)
    this.write(this.state, updating)
  }

  /** Lets the time pass in which it says that it is there. */
  wait(): void {
    TalkWindow.atWork = this
    for (const work of this.repeated) work()
  }
}

function talk() {
  const audience = new TalkWindow().load('退潮之后')
  return { audience, presenter: new TalkWindow(audience).load('退潮之后', true) }
}

it('either window takes the other along', () => {
  const { audience, presenter } = talk()
  presenter.change({ page: 3, cursor: { x: 1 } })
  expect(audience.state).toEqual({ page: 3, timer: 'stopped', cursor: { x: 1 } })
  presenter.change({ cursor: undefined })
  expect(audience.state.cursor).toBeUndefined()
  audience.change({ page: 4 })
  expect(presenter.state.page).toBe(4)
})

it('what another window has told is not told again', () => {
  const { audience, presenter } = talk()
  audience.change({ page: 9 }, true)
  expect(presenter.state.page).toBe(1)
})

it('a window that goes to another edition is found again, and leaves the timer alone', () => {
  const { audience, presenter } = talk()
  presenter.change({ timer: 'running' })
  expect(audience.state.timer).toBe('running')
  audience.load('After the Ebb')
  presenter.wait()
  audience.change({ page: 5 })
  expect(presenter.state).toEqual({ page: 5, timer: 'running' })
})

it('listens to no window that is no partner, and tells none that is closed', () => {
  const { audience, presenter } = talk()
  TalkWindow.atWork = new TalkWindow()
  audience.postMessage({ deck: 'shared', state: { page: 7 } })
  TalkWindow.atWork = presenter
  audience.postMessage('deck')
  expect(audience.state.page).toBe(1)
  presenter.closed = true
  audience.change({ page: 2 })
  expect(presenter.state.page).toBe(1)
})

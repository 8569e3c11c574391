import type { Sync } from '@slidev/client/state/syncState.ts'
import { talk } from 'virtual:talk'

/** How often a window that was opened says that it is there, in milliseconds: the one that opened it may be loaded again, or go to another edition. */
const PRESENCE = 500
/** A name, so that the presenter view is opened once. */
const NAME = 'deck-presenter'
const SHAPE = 'popup,width=1280,height=800'

/** What one window tells another: a state they share, or only that it is there. */
interface Message {
  /** What the state is of; the same in every edition. */
  deck: string
  state?: object
}

const isMessage = (data: unknown): data is Message => typeof data === 'object' && data !== null && 'deck' in data && typeof data.deck === 'string'

/**
 * Opens the presenter view in a window of its own where the deck is a file on a disk: only windows that opened one another can
 * be in step there.
 * @param address the presenter view's
 * @returns whether it is open. A hosted deck's is not, nor is one that the browser refuses.
 */
export function openPresenter(address: string): boolean {
  const opened = talk.files ? window.open(address, NAME, SHAPE) : null
  opened?.focus()
  return opened !== null
}

/**
 * Keeps a window in step with the one that opened it and with those that it has opened. Pages from a disk share no channel and
 * no storage in every browser, but any two of these may write to one another, also when one has gone to another edition's file.
 * @param isPresenter whether the presenter view is in this window: the timer is its own, another window may have been loaded since it was started.
 */
export function joinWindows(own: Window, isPresenter: () => boolean): Sync {
  const opener = own.opener as Window | null
  const partners = new Set(opener ? [opener] : [])
  const receivers = new Map<string, (state: object) => void>()
  const tell = (message: Message) => {
    for (const partner of partners) {
      if (partner.closed) partners.delete(partner)
      else partner.postMessage(message, '*')
    }
  }
  own.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    const from = source as Window | null
    // No other page is listened to.
    if (!from || !isMessage(data) || (from !== opener && from.opener !== own)) return
    partners.add(from)
    if (data.state) receivers.get(data.deck)?.(data.state)
  })
  const present = () => tell({ deck: '' })
  present()
  if (opener) own.setInterval(present, PRESENCE)
  return {
    init(channel, receive) {
      // Slidev names it by the title, which differs between editions: "After the Ebb - shared".
      const deck = channel.split(' - ').at(-1) ?? channel
      receivers.set(deck, receive as (state: object) => void)
      return (state, updating = false) => {
        if (updating) return
        const told = { ...state } as Record<string, unknown>
        if (!isPresenter()) delete told['timer']
        tell({ deck, state: told })
      }
    },
  }
}

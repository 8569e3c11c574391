/** How a browser is asked to keep the screen awake; nothing where it was refused. */
interface Asking {
  wakeLock: { request: (type: 'screen') => Promise<WakeLockSentinel | null> }
}

/**
 * Stands in for `navigator` where Slidev keeps the screen awake. A system may refuse that (an empty battery, a page within
 * another), and nobody there waits for the answer: refused is as good as not asked. Nothing where the browser cannot do it at all.
 */
export const lenientNavigator: Asking | undefined = 'wakeLock' in navigator
  ? { wakeLock: { request: type => navigator.wakeLock.request(type).catch(() => null) } }
  : undefined

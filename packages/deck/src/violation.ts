/** `error`: the deck is broken, and a build stops; `style`: it breaks the rules of good slides. */
export type Level = 'error' | 'style'

/** A place where a deck breaks a rule. */
export interface Violation {
  /** The rule's id. */
  rule: string
  level: Level
  /** File relative to the deck's folder, and 1-based line in it. */
  file: string
  line: number
  /** What is wrong and how to mend it. */
  message: string
}

/** A violation as it is printed. */
export function formatViolation({ file, line, rule, message }: Violation): string {
  return `${file}:${line}  ${rule}  ${message}`
}

/** What the tests use of autocannon, which brings no types. */
declare module 'autocannon' {
  interface Result {
    /** Answers with a 2xx status. */
    '2xx': number
    'non2xx': number
    /** Connections that failed, timeouts included. */
    'errors': number
    'timeouts': number
    'mismatches': number
  }
  interface Options {
    url: string
    connections: number
    /** In seconds. */
    duration: number
    requests?: { path: string, headers?: Record<string, string> }[]
  }
  export default function autocannon(options: Options): Promise<Result>
}

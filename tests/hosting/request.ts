import { request as send, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  /** Every header as sent, repeated ones too. */
  raw: [name: string, value: string][]
  /** Length of the body as sent, in bytes. */
  sent: number
  /** The body, decompressed. */
  text: string
}

/** Asks as it is told to: neither follows a redirect nor adds an `accept-encoding`, as fetch would. */
export function request(url: string, { method = 'GET', headers = {} }: { method?: string, headers?: OutgoingHttpHeaders } = {}): Promise<Answer> {
  return new Promise((done, fail) => {
    const sending = send(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail).on('end', () => {
        const body = Buffer.concat(chunks)
        const raw = response.rawHeaders.flatMap((name, i, all): [string, string][] => i % 2 ? [] : [[name, all[i + 1] ?? '']])
        done({ status: response.statusCode ?? 0, headers: response.headers, raw, sent: body.length, text: decompress(body, response.headers['content-encoding']) })
      })
    })
    sending.on('error', fail).end()
  })
}

function decompress(body: Buffer, encoding: string | undefined): string {
  if (body.length === 0 || encoding === undefined) return body.toString()
  if (encoding === 'br') return brotliDecompressSync(body).toString()
  if (encoding === 'gzip') return gunzipSync(body).toString()
  throw new Error(`Unknown content-encoding ${encoding}`)
}

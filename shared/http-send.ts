import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'

export interface SentRequest {
  method: string
  headers: Record<string, string>
  body: string | undefined
  /** For the whole answer, from the first byte sent to the last one read. */
  timeoutMs: number
}

export interface SentAnswer {
  status: number
  text: string
}

/** Sends one request, follows no redirect; rejects when no whole answer has come in time. */
export type Send = (url: URL, request: SentRequest) => Promise<SentAnswer>

const readText = (response: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    response.on('error', reject)
    response.on('close', () => {
      if (!response.complete) reject(new Error('the answer broke off'))
    })
  })

const longestIdleMs = 120_000

/**
 * By Node's own HTTP client, over connections that are kept open: of what a payment costs the portal,
 * `fetch` with its streams was a third.
 */
export const createHttpSend = (): Send => {
  // Node minds when the peer says that it will close an idle connection only below a time of its own.
  const options = { keepAlive: true, timeout: longestIdleMs }
  const agents = {
    'http:': { client: http, agent: new http.Agent(options) },
    'https:': { client: https, agent: new https.Agent(options) },
  }
  return (url, { method, headers, body, timeoutMs }) =>
    new Promise((resolve, reject) => {
      const { client, agent } = agents[url.protocol === 'https:' ? 'https:' : 'http:']
      // Looked up at each call: who imports `request` by name is not seen by testers' msw.
      const sent = client.request(url, { method, headers, agent })
      const timer = setTimeout(
        () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)),
        timeoutMs,
      )
      const fail = (error: unknown) => {
        clearTimeout(timer)
        reject(error instanceof Error ? error : new Error('not reachable'))
      }
      sent.on('error', fail)
      sent.on('response', (response) => {
        readText(response).then((text) => {
          clearTimeout(timer)
          resolve({ status: response.statusCode ?? 0, text })
        }, fail)
      })
      sent.end(body)
    })
}

/** By a `fetch` of the caller's: an app in this process, or one that bends answers. */
export const sendByFetch =
  (fetch: typeof globalThis.fetch): Send =>
  async (url, { method, headers, body, timeoutMs }) => {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: response.status, text: await response.text() }
  }

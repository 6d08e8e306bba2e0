import { type IncomingHttpHeaders, request } from 'node:http'

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Sends a request whose target goes over the wire exactly as written, unlike with fetch. */
export const sendRaw = (
  port: number,
  sent: {
    method: string
    target: string
    headers?: Record<string, string | string[]>
    body?: string | Uint8Array
  },
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method: sent.method,
        path: sent.target,
        headers: sent.headers ?? {},
        agent: false,
      },
      async (incoming) => {
        const chunks: Buffer[] = []
        try {
          for await (const chunk of incoming) chunks.push(chunk as Buffer)
        } catch (error) {
          reject(error)
        }
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString(),
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(sent.body)
  })

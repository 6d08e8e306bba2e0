import { type IncomingHttpHeaders, request } from 'node:http'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { parse } from 'node-html-parser'

/** What a page took of the wire: the answers with their heads, and how many. */
export interface Visit {
  bytes: number
  requests: number
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  bytes: number
}

const decoders: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  zstd: zstdDecompressSync,
}

/** One request over a connection of its own, so that its bytes are the connection's. */
const ask = (url: string, headers: Record<string, string>): Promise<Answer> =>
  new Promise((done, fail) => {
    const outgoing = request(url, { agent: false, headers }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', fail)
      incoming.on('end', () => {
        const decode = decoders[incoming.headers['content-encoding'] ?? '']
        const body = Buffer.concat(chunks)
        done({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: (decode && body.length > 0 ? decode(body) : body).toString(),
          bytes: incoming.socket.bytesRead,
        })
      })
    })
    outgoing.on('error', fail)
    outgoing.end()
  })

interface Kept {
  etag: string | undefined
  freshUntilMs: number
  /** What a stylesheet loads, or a page. */
  parts: string[]
}

const partsOf = (url: string, { headers, text }: Answer): string[] => {
  const type = headers['content-type'] ?? ''
  const at = (address: string | undefined) => (address ? [new URL(address, url).href] : [])
  if (type.startsWith('text/css'))
    return [...text.matchAll(/url\(\s*['"]?([^'")\s]+)/g)]
      .flatMap(([, address]) => at(address))
      .filter((address) => address.startsWith('http'))
  if (!type.startsWith('text/html')) return []
  const root = parse(text)
  const links = root.querySelectorAll('link[rel="stylesheet"], link[rel="icon"]')
  const sources = root.querySelectorAll('script[src], img[src]')
  return [
    ...links.flatMap((link) => at(link.getAttribute('href'))),
    ...sources.flatMap((one) => at(one.getAttribute('src'))),
  ].filter((address) => address.startsWith('http'))
}

const keepOf = (url: string, answer: Answer): Kept | undefined => {
  const control = answer.headers['cache-control'] ?? ''
  if (/no-store/.test(control)) return undefined
  const seconds = /no-cache/.test(control) ? 0 : Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0)
  return {
    etag: answer.headers.etag,
    freshUntilMs: Date.now() + seconds * 1000,
    parts: partsOf(url, answer),
  }
}

/** Loads pages as a browser does, with its cache: everything a page needs before any script runs. */
export const createBrowserCache = (cookies: ReadonlyMap<string, string>) => {
  const kept = new Map<string, Kept>()
  const headersFor = (url: string) => {
    const { etag } = kept.get(url) ?? {}
    return {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'accept-encoding': 'gzip, deflate, br, zstd',
      'accept-language': 'en',
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(etag ? { 'if-none-match': etag } : {}),
    }
  }

  /** Adds what this address takes, and returns what it needs next. */
  const load = async (url: string, visit: Visit): Promise<string[]> => {
    const known = kept.get(url)
    if (known && known.freshUntilMs > Date.now()) return known.parts
    const answer = await ask(url, headersFor(url))
    visit.bytes += answer.bytes
    visit.requests += 1
    if (answer.status === 304) return known?.parts ?? []
    const { location } = answer.headers
    if (answer.status >= 300 && answer.status < 400 && location)
      return load(new URL(location, url).href, visit)
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
    const keep = keepOf(url, answer)
    if (keep) kept.set(url, keep)
    return keep?.parts ?? partsOf(url, answer)
  }

  return {
    async visit(url: string): Promise<Visit> {
      const visit: Visit = { bytes: 0, requests: 0 }
      const seen = new Set([url])
      const wanted = [url]
      for (let next = wanted.shift(); next; next = wanted.shift())
        for (const part of await load(next, visit)) {
          if (seen.has(part)) continue
          seen.add(part)
          wanted.push(part)
        }
      return visit
    },
  }
}

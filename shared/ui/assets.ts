import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { acceptsEncoding } from '../web/accept-encoding.ts'

interface Asset {
  url: string
  type: string
  body: Buffer
}

const own = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8')
const packaged = (path: string) => readFileSync(fileURLToPath(import.meta.resolve(path)), 'utf8')

const asset = (name: string, ending: string, type: string, text: string): Asset => {
  const body = Buffer.from(text)
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return { url: `/assets/${name}.${hash}.${ending}`, type, body }
}

const withoutComments = (css: string) =>
  css.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/\n\s+/g, '\n')

const css = asset(
  'claimbook',
  'css',
  'text/css; charset=utf-8',
  withoutComments(own('claimbook.css')),
)
// One file: htmx starts by a timer, and a second deferred script would race with it.
const js = asset(
  'page',
  'js',
  'text/javascript; charset=utf-8',
  `${packaged('htmx.org/dist/htmx.min.js').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '')}\n;${own('page.js')}`,
)
const icon = asset('icon', 'svg', 'image/svg+xml', own('icon.svg'))

/** Addresses change with the content, so browsers keep each for ever. */
export const assetUrls = { css: css.url, js: js.url, icon: icon.url }

type Encoding = 'br' | 'gzip'

const compressors: Record<Encoding, (body: Buffer) => Buffer> = {
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: (body) => gzipSync(body, { level: 9 }),
}

const preferred: readonly Encoding[] = ['br', 'gzip']

const serveAsset = (app: Hono, { url, type, body }: Asset) => {
  const compressed = new Map<Encoding, Buffer>()
  app.get(url, (c) => {
    const headers: Record<string, string> = {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    }
    const accepted = c.req.header('accept-encoding')
    const encoding = preferred.find((one) => acceptsEncoding(accepted, one))
    if (!encoding) return c.body(new Uint8Array(body), 200, headers)
    const found = compressed.get(encoding) ?? compressors[encoding](body)
    compressed.set(encoding, found)
    return c.body(new Uint8Array(found), 200, { ...headers, 'content-encoding': encoding })
  })
}

/** Mount at the root, before anything that reads sessions: `app.route('/', assets)`. */
export const assets = new Hono()
for (const one of [css, js, icon]) serveAsset(assets, one)

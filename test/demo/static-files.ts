import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Hono } from 'hono'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export interface StaticFiles {
  /** Serves the files below /assets/. */
  routes: Hono
  /** An address that changes with the content, so that browsers may keep it for ever. */
  url(name: string): string
}

/** The style sheets and pictures of a folder, read once. */
export const serveFolder = (folder: string): StaticFiles => {
  const routes = new Hono()
  const urls = new Map<string, string>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = types[extname(name)]
    if (!type) continue
    const body = readFileSync(join(folder, name))
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
    const path = `/assets/${name.replaceAll('\\', '/')}`
    urls.set(name.replaceAll('\\', '/'), `${path}?v=${hash}`)
    routes.get(path, (c) =>
      c.body(new Uint8Array(body), 200, {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      }),
    )
  }
  return {
    routes,
    url: (name) => {
      const url = urls.get(name)
      if (!url) throw new Error(`there is no file ${name} in ${folder}`)
      return url
    },
  }
}

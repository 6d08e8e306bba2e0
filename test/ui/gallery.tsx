import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { assets, errorWords, ErrorPage, Layout, type LayoutProps } from '#shared/ui/index.ts'
import {
  csrf,
  isHtmx,
  language,
  languageRoute,
  pageContext,
  type PageEnv,
  pageSecurity,
  renderPage,
} from '#shared/web/index.ts'
import { galleryPages, ListDecision } from './gallery-pages.tsx'

/**
 * Every component of the page kit in its states, in both languages; for looking at, in development:
 * `node --import tsx test/ui/gallery.tsx`, then the printed address.
 */
const createGallery = (publicUrl: string) => {
  const site = { publicUrl, name: 'gallery' }
  const frame = (c: Context, path: string): Omit<LayoutProps, 'title' | 'children'> => {
    const page = pageContext(c)
    const ja = page.language === 'ja'
    const item = (href: string, en: string, jaLabel: string, count?: number) => ({
      href,
      label: ja ? jaLabel : en,
      current: href === path,
      ...(count ? { count } : {}),
    })
    return {
      page,
      brand: { name: ja ? 'みなと銀行' : 'Minato Bank', mark: 'み', home: '/' },
      nav: [
        item('/', 'Home', 'ホーム'),
        item('/list', 'To pay', 'お支払い', 6),
        item('/paid', 'Paid', '支払済み'),
        item('/console', 'Accounts', '口座'),
        item('/parts', 'Billers', '収納機関'),
      ],
      who: { name: ja ? '佐藤 はるか 様' : 'Haruka Sato', signOutPath: '/sign-out' },
      footer: (
        <>
          <span>{ja ? 'みなと銀行（デモ）' : 'Minato Bank (demo)'}</span>
          <span>{ja ? '金融機関コード 0901' : 'Bank code 0901'}</span>
        </>
      ),
    }
  }
  const app = new Hono<PageEnv>()
    .route('/', assets)
    .use(pageSecurity({ publicUrl }))
    .use(language({ site }))
    .use(csrf({ site, secret: 'gallery' }))
    .route('/language', languageRoute({ site }))
    .get('/list/decision', (c) => {
      const query = new URL(c.req.url).searchParams
      const state = { claims: query.getAll('claim'), account: query.get('account') ?? '4471' }
      if (!isHtmx(c)) return c.redirect(`/list?${query}`, 303)
      return c.html(<ListDecision language={c.var.language} {...state} />)
    })
  for (const [path, { title, width, signedOut, hasErrors, body }] of Object.entries(galleryPages)) {
    app.get(path, (c) => {
      const { who, nav, ...rest } = frame(c, path)
      const signedIn = signedOut ? {} : { who, nav }
      const words = title(c.var.language)
      return renderPage(
        c,
        <Layout {...rest} {...signedIn} title={words} width={width} hasErrors={hasErrors ?? false}>
          {body(pageContext(c), new URL(c.req.url).searchParams)}
        </Layout>,
      )
    })
  }
  app.onError((error, c) => {
    const words = errorWords(error, c.get('language') ?? 'en')
    return renderPage(
      c,
      <Layout {...frame(c, '')} title={words.title} width="narrow">
        <ErrorPage language={c.get('language') ?? 'en'} title={words.title}>
          {words.text}
        </ErrorPage>
      </Layout>,
      500,
    )
  })
  return app
}

/** Starts the gallery on a free port and returns its address. */
export const startGallery = (port = 0): Promise<{ url: string; close(): void }> =>
  new Promise((resolve) => {
    let app = new Hono()
    const server = serve(
      { fetch: (request, env) => app.fetch(request, env), port, hostname: '127.0.0.1' },
      (info) => {
        const url = `http://127.0.0.1:${info.port}`
        app = createGallery(url) as unknown as Hono
        resolve({ url, close: () => server.close() })
      },
    )
  })

if (import.meta.main) console.log((await startGallery(Number(process.env.PORT ?? 0))).url)

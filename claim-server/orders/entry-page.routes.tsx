import { type Context, Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import { entryToken as entryTokenForm } from '#shared/contracts/claim-server.ts'
import { csrf, language, type PageEnv, renderPage } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import { viewOf } from '../layout.tsx'
import { siteOf } from '../site.ts'
import { EntryPage, UnknownEntryPage, UsedEntryPage } from './entry.page.tsx'
import { type Entry, findEntry } from './find-entry.ts'

interface EntryEnv {
  Variables: PageEnv['Variables'] & { entry: Entry | undefined }
}

const findEntryOfPage = async (deps: Deps, token: string): Promise<Entry | undefined> => {
  if (!entryTokenForm.safeParse(token).success) return undefined
  try {
    return await findEntry(deps, deps.db, token)
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined
    throw error
  }
}

/** The entry screen: `/entry/:token`, in the language that the shop named unless the visitor chose one. */
export const entryPageRoutes = (deps: Deps): Hono<EntryEnv> => {
  const site = siteOf(deps)
  const pages = new Hono<EntryEnv>()
  pages.use('/:token', async (c, next) => {
    c.set('entry', await findEntryOfPage(deps, c.req.param('token')))
    await next()
  })
  const shopsLanguage = (c: Context) => (c.get('entry') as Entry | undefined)?.language ?? undefined
  pages.use(language({ site, stored: shopsLanguage }))
  pages.use(csrf({ site, secret: deps.config.PAGE_SECRET }))

  pages.get('/:token', (c) => {
    const { entry } = c.var
    const page = viewOf(c)
    if (!entry) return renderPage(c, <UnknownEntryPage page={page} />, 404)
    const { order, bank } = entry
    if (!order.open)
      return renderPage(c, <UsedEntryPage {...{ page, bank, returnUrl: order.returnUrl }} />, 410)
    const entryToken = c.req.param('token')
    return renderPage(
      c,
      <EntryPage {...{ page, order, bank, entryToken, now: deps.clock.now() }} />,
    )
  })
  return pages
}

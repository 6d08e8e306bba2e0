import { Hono } from 'hono'
import { AppError, type ProblemCode, problems } from '#shared/errors.ts'
import { csrf, language, type PageEnv, renderPage } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import { viewOf } from '../layout.tsx'
import { siteOf } from '../site.ts'
import { ProblemPage, ProblemsPage } from './problems.page.tsx'

/** `/problems/:code`: what each problem type of the API means and asks for. */
export const problemRoutes = (deps: Deps): Hono<PageEnv> => {
  const site = siteOf(deps)
  const pages = new Hono<PageEnv>()
  pages.use(language({ site }))
  pages.use(csrf({ site, secret: deps.config.PAGE_SECRET }))

  pages.get('/', (c) => renderPage(c, <ProblemsPage page={viewOf(c)} />))

  pages.get('/:code', (c) => {
    const code = c.req.param('code')
    if (!Object.hasOwn(problems, code)) throw new AppError('not-found')
    return renderPage(c, <ProblemPage page={viewOf(c)} code={code as ProblemCode} />)
  })
  return pages
}

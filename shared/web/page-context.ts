import type { Context } from 'hono'
import type { Language } from '#shared/texts.ts'
import { acceptedLanguage } from './language.ts'

/** What the page kit needs of the request. */
export interface PageContext {
  language: Language
  csrfToken: string
  /** Path and query of this page: where the language switch returns to. */
  path: string
  /** Where the language switch posts to, when not to /language. */
  languagePath?: string
}

/** From what `language` and `csrf` have set; also right for error pages raised before them. */
export const pageContext = (c: Context): PageContext => {
  const url = new URL(c.req.url)
  return {
    language: c.get('language') ?? acceptedLanguage(c.req.header('accept-language')) ?? 'en',
    csrfToken: c.get('csrfToken') ?? '',
    path: c.req.method === 'GET' ? `${url.pathname}${url.search}` : url.pathname,
  }
}

import type { Context } from 'hono'
import type { Language } from '#shared/texts.ts'
import { acceptedLanguage } from './language.ts'
import { isHtmx } from './render.ts'
import { shownPath } from './shown-path.ts'

/** What the page kit needs of the request. */
export interface PageContext {
  language: Language
  csrfToken: string
  /** Path and query of this page: where the language switch returns to. */
  path: string
  /** Where the language switch posts to, when not to /language. */
  languagePath?: string
}

/**
 * From what `language` and `csrf` have set; also right for error pages raised before them. `afterPost`:
 * where the page that answers a post can be loaded, when not at the post's own address.
 */
export const pageContext = (c: Context, afterPost?: string): PageContext => {
  const isShown = c.req.method === 'GET' || isHtmx(c)
  return {
    language: c.get('language') ?? acceptedLanguage(c.req.header('accept-language')) ?? 'en',
    csrfToken: c.get('csrfToken') ?? '',
    path: isShown ? shownPath(c) : (afterPost ?? new URL(c.req.url).pathname),
  }
}

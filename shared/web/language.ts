import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { isLanguage, type Language } from '#shared/texts.ts'
import { readCookie, writeCookie, type Site } from './cookies.ts'
import { readFields } from './form.ts'
import { localPath } from './local-path.ts'

export interface LanguageVariables {
  language: Language
}

const yearSeconds = 365 * 24 * 3600

/** The first of our languages by the header's weights; undefined when it names none of them. */
export const acceptedLanguage = (header: string | undefined): Language | undefined => {
  let best: { language: Language; weight: number } | undefined
  for (const part of (header ?? '').slice(0, 1000).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const language = tag.split('-')[0]
    const q = parameters.map((one) => one.trim()).find((one) => one.startsWith('q='))
    const weight = q === undefined ? 1 : Number(q.slice(2))
    if (isLanguage(language) && weight > 0 && weight > (best?.weight ?? 0)) {
      best = { language, weight }
    }
  }
  return best?.language
}

const chosenLanguage = (c: Context, site: Site): Language | undefined => {
  const value = readCookie(c, site, 'language')
  return isLanguage(value) ? value : undefined
}

export interface LanguageOptions {
  site: Site
  /** The signed-in person's stored language; runs after the session middleware. */
  stored?: (c: Context) => Language | undefined
}

/**
 * Sets `c.var.language`: the explicit choice (cookie), else the signed-in person's stored language,
 * else Accept-Language, else English.
 */
export const language =
  ({ site, stored }: LanguageOptions): MiddlewareHandler<{ Variables: LanguageVariables }> =>
  async (c, next) => {
    const accepted = () => acceptedLanguage(c.req.header('accept-language'))
    const found = chosenLanguage(c, site) ?? stored?.(c) ?? accepted() ?? 'en'
    c.set('language', found)
    c.header('content-language', found)
    await next()
  }

/** Remembers the explicit choice in this browser. */
export const chooseLanguage = (c: Context, site: Site, chosen: Language): void =>
  writeCookie(c, site, 'language', chosen, { maxAgeSeconds: yearSeconds })

export interface LanguageRouteOptions {
  site: Site
  /** Stores the choice with the signed-in person, for mails. */
  onChange?: (c: Context, chosen: Language) => Promise<void> | void
}

/** `POST /` with `language` and `to` (a path of this site), as `LanguageSwitch` sends them. */
export const languageRoute = ({ site, onChange }: LanguageRouteOptions): Hono =>
  new Hono().post('/', async (c) => {
    const { language, to } = await readFields(c)
    if (isLanguage(language)) {
      chooseLanguage(c, site, language)
      await onChange?.(c, language)
    }
    return c.redirect(localPath(to), 303)
  })

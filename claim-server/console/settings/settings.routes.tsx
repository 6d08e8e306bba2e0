import { type Context, Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import { clientAddress, readFields, renderPage } from '#shared/web/index.ts'
import { changePassword } from '../../shops/change-password.ts'
import { findShopSettings } from '../../shops/find-shop-settings.ts'
import { updateShop } from '../../shops/update-shop.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import type { ConsoleEnv } from '../env.ts'
import { type Form } from '../form.ts'
import { consoleTexts } from '../texts.ts'
import { callerOf, viewOf } from '../view.tsx'
import { ContactPage } from './contact.page.tsx'
import type { Said } from './parts.tsx'
import { type PasswordMistakes, PasswordPage } from './password.page.tsx'
import { readContact } from './read-shop.ts'
import { SettingsOverview } from './settings.page.tsx'
import { settingsTexts } from './texts.ts'

/** What was just done, as the address says it. */
export const readSaid = (c: Context<ConsoleEnv>): Said | undefined => {
  const said = c.req.query('said')
  return said && Object.hasOwn(settingsTexts('en').said, said) ? (said as Said) : undefined
}

const signInIdOf = (c: Context<ConsoleEnv>): string => {
  const { session } = c.var
  if (!session) throw new AppError('unauthenticated')
  return session.data.signInId
}

const contactValues = (c: Context<ConsoleEnv>): Form => {
  const { shop } = callerOf(c)
  return {
    mailAddress: shop.mailAddress,
    contactAddress: shop.contactAddress ?? '',
    phone: shop.phone ?? '',
    website: shop.website ?? '',
    language: shop.language,
    defaultDaysToPay: `${shop.defaultDaysToPay}`,
    warningDays: `${shop.warningDays}`,
  }
}

const passwordMistakes = (form: Form, words: ReturnType<typeof settingsTexts>['password']) => {
  const mistakes: PasswordMistakes = {
    ...(form.current ? {} : { current: words.mistakes.current }),
    ...(form.next ? {} : { next: words.mistakes.short }),
    ...(form.next === form.again ? {} : { again: words.mistakes.again }),
  }
  return Object.keys(mistakes).length > 0 ? mistakes : undefined
}

/** `/shop/settings`: the overview, contact and terms, the password. */
export const settingsRoutes = (deps: ConsoleDeps): Hono<ConsoleEnv> => {
  const passwordPage = (
    c: Context<ConsoleEnv>,
    mistakes: PasswordMistakes,
    status: 200 | 422 | 429 = 422,
  ) =>
    renderPage(
      c,
      <PasswordPage view={viewOf(c, deps)} signInId={signInIdOf(c)} mistakes={mistakes} />,
      status,
    )

  return new Hono<ConsoleEnv>()
    .get('/settings', async (c) => {
      const { shop } = callerOf(c)
      const page = {
        view: viewOf(c, deps),
        shop,
        settings: await findShopSettings(deps, shop.id),
        signInId: signInIdOf(c),
        said: readSaid(c),
      }
      return renderPage(c, <SettingsOverview {...page} />)
    })
    .get('/settings/contact', (c) =>
      renderPage(c, <ContactPage view={viewOf(c, deps)} values={contactValues(c)} />),
    )
    .post('/settings/contact', async (c) => {
      const form = await readFields(c)
      const read = readContact(form, c.var.language)
      if ('mistakes' in read)
        return renderPage(
          c,
          <ContactPage view={viewOf(c, deps)} values={form} mistakes={read.mistakes} />,
          422,
        )
      await updateShop(deps, { shopId: callerOf(c).shop.id, change: read.fields })
      return c.redirect('/shop/settings?said=contact', 303)
    })
    .get('/settings/password', (c) => passwordPage(c, {}, 200))
    .post('/settings/password', async (c) => {
      const form = await readFields(c)
      const words = settingsTexts(c.var.language).password
      const mistakes = passwordMistakes(form, words)
      if (mistakes) return passwordPage(c, mistakes)
      const { shop } = callerOf(c)
      const signInId = signInIdOf(c)
      const changed = await changePassword(deps, {
        shop,
        signInId,
        current: form.current ?? '',
        next: form.next ?? '',
        address: clientAddress(c, deps.config.TRUSTED_PROXIES),
      })
      switch (changed.outcome) {
        case 'weak':
          return passwordPage(c, { next: words.mistakes[changed.problem] })
        case 'not-accepted':
          return passwordPage(c, { current: words.mistakes.current })
        case 'too-many': {
          const minutes = Math.ceil(changed.retryAfterSeconds / 60)
          const said = consoleTexts(c.var.language).tooManyTries(minutes)
          c.header('retry-after', `${changed.retryAfterSeconds}`)
          return passwordPage(c, { current: said }, 429)
        }
        case 'changed':
          await deps.sessions.endAllOf(shop.id)
          await deps.sessions.start(c, { subject: shop.id, data: { signInId } })
          return c.redirect('/shop/settings?said=password', 303)
      }
    })
}

import { type Context, Hono } from 'hono'
import { hashPassword } from '#shared/hash-password.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { addressBlock, clientAddress, readFields, renderPage } from '#shared/web/index.ts'
import { newShop, signUpShop } from '../../shops/register-shop.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import type { ConsoleEnv } from '../env.ts'
import { type Form } from '../form.ts'
import { consoleTexts } from '../texts.ts'
import { viewOf } from '../view.tsx'
import { changedAccounts, readSignUp, toMistakes, typedAccounts } from './read-sign-up.ts'
import { SignedUpPage, SignUpPage, type SignUpPageProps } from './sign-up.page.tsx'
import { signUpTexts } from './texts.ts'

const suggested = { defaultDaysToPay: '14', warningDays: '3' }

/** `/shop/sign-up`: a shop registers, and waits for the bank. */
export const signUpRoutes = (deps: ConsoleDeps): Hono<ConsoleEnv> => {
  const { config, signUps } = deps
  const answer = (
    c: Context<ConsoleEnv>,
    form: Form,
    more: Partial<SignUpPageProps> = {},
    status: 200 | 422 | 429 | 503 = 200,
  ) => {
    const { password: _password, again: _again, ...values } = form
    const page = { view: viewOf(c, deps), values, accounts: typedAccounts(form), ...more }
    return renderPage(c, <SignUpPage {...page} />, status)
  }

  return new Hono<ConsoleEnv>()
    .get('/sign-up', (c) =>
      answer(c, { ...suggested, formId: deps.newId(), language: c.var.language }),
    )
    .get('/sign-up/done', (c) => renderPage(c, <SignedUpPage view={viewOf(c, deps)} />))
    .post('/sign-up', async (c) => {
      const { language } = c.var
      const form = await readFields(c)
      const accounts = changedAccounts(form)
      if (accounts) return answer(c, form, { accounts })
      const read = readSignUp(form, { bank: config.BANK_CODE, language })
      if ('mistakes' in read) return answer(c, form, { mistakes: read.mistakes }, 422)
      // Counted apart from sign-ins: their buckets stand in one table.
      const address = `sign-up from ${addressBlock(clientAddress(c, config.TRUSTED_PROXIES))}`
      const counted = await signUps.count({ address, account: 'sign-up' })
      if (!counted.allowed) {
        c.header('retry-after', `${counted.retryAfterSeconds}`)
        const { title, text } = signUpTexts(language).tooMany
        const failure = { title, text: text(Math.ceil(counted.retryAfterSeconds / 60)) }
        return answer(c, form, { failure }, 429)
      }
      const { shop, shopId, signInId, password } = read.signUp
      try {
        const registration = await signUpShop(deps, {
          shop: newShop.parse(shop),
          login: { signInId, passwordHash: await hashPassword(config, password) },
          shopId,
        })
        if (registration.outcome === 'registered') return c.redirect('/shop/sign-up/done', 303)
        return answer(c, form, { mistakes: toMistakes(registration.problems, language) }, 422)
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        deps.log.warn({ error: error.message }, 'an account could not be checked')
        const failure = { text: consoleTexts(language).coreSilent }
        return answer(c, form, { failure }, 503)
      }
    })
}

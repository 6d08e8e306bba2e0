import { type Context, Hono } from 'hono'
import { AppError } from '#shared/errors.ts'
import { accountKey } from '#shared/accounts.ts'
import { lineOfText, uuid } from '#shared/contracts/fields.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { clientAddress, readFields, renderPage } from '#shared/web/index.ts'
import { addAccount } from '../../shops/add-account.ts'
import { addReturnAddress } from '../../shops/add-return-address.ts'
import { confirmPassword } from '../../shops/confirm-password.ts'
import { findShopSettings } from '../../shops/find-shop-settings.ts'
import { makeApiKeyOnce } from '../../shops/make-api-key.ts'
import { removeReturnAddress } from '../../shops/remove-return-address.ts'
import { revokeApiKey } from '../../shops/revoke-api-key.ts'
import { stopAccount } from '../../shops/stop-account.ts'
import type { ConsoleDeps } from '../console-deps.ts'
import type { ConsoleEnv } from '../env.ts'
import { refuseSuspended } from '../guard.tsx'
import { consoleTexts } from '../texts.ts'
import { callerOf, viewOf } from '../view.tsx'
import { AccountsPage, type AccountsPageProps } from './accounts.page.tsx'
import { ApiKeysPage, type ApiKeysPageProps } from './api-keys.page.tsx'
import { readAccount } from './read-account.ts'
import { ReturnAddressesPage, type ReturnAddressesPageProps } from './return-addresses.page.tsx'
import { readSaid } from './settings.routes.tsx'
import { settingsTexts } from './texts.ts'

const mostOfAKind = 20

/** `/shop/settings`: accounts, return addresses, API keys. */
export const accessRoutes = (deps: ConsoleDeps): Hono<ConsoleEnv> => {
  const settingsOf = (c: Context<ConsoleEnv>) => findShopSettings(deps, callerOf(c).shop.id)

  /** What is wrong with the password that was typed to confirm, in words. */
  const passwordMistake = async (c: Context<ConsoleEnv>, password = '') => {
    const words = consoleTexts(c.var.language)
    if (password === '' || password.length > 200) return words.passwordNotAccepted
    const confirmed = await confirmPassword(deps, {
      shopId: callerOf(c).shop.id,
      password,
      address: clientAddress(c, deps.config.TRUSTED_PROXIES),
    })
    if (confirmed.outcome === 'too-many')
      return words.tooManyTries(Math.ceil(confirmed.retryAfterSeconds / 60))
    return confirmed.outcome === 'confirmed' ? undefined : words.passwordNotAccepted
  }

  const accountsPage = async (
    c: Context<ConsoleEnv>,
    more: Partial<AccountsPageProps>,
    status: 200 | 422 | 503 = 200,
  ) =>
    renderPage(
      c,
      <AccountsPage view={viewOf(c, deps)} settings={await settingsOf(c)} {...more} />,
      status,
    )

  const returnsPage = async (
    c: Context<ConsoleEnv>,
    more: Partial<ReturnAddressesPageProps>,
    status: 200 | 422 = 200,
  ) =>
    renderPage(
      c,
      <ReturnAddressesPage view={viewOf(c, deps)} settings={await settingsOf(c)} {...more} />,
      status,
    )

  const keysPage = async (
    c: Context<ConsoleEnv>,
    more: Partial<ApiKeysPageProps>,
    status: 200 | 422 = 200,
  ) =>
    renderPage(
      c,
      <ApiKeysPage
        view={viewOf(c, deps)}
        settings={await settingsOf(c)}
        keyId={deps.newId()}
        {...more}
      />,
      status,
    )

  return new Hono<ConsoleEnv>()
    .post('/settings/accounts', refuseSuspended(deps))
    .post('/settings/api-keys', refuseSuspended(deps))
    .get('/settings/accounts', (c) => accountsPage(c, { said: readSaid(c) }))
    .post('/settings/accounts', async (c) => {
      const { shop } = callerOf(c)
      const { language } = c.var
      const form = await readFields(c)
      const words = settingsTexts(language).accounts.mistakes
      const refuse = (mistakes: AccountsPageProps['mistakes'] = {}) =>
        accountsPage(c, { typed: form, mistakes }, 422)
      const read = readAccount(form, { bank: shop.bank, language })
      if ('mistakes' in read) return refuse(read.mistakes)
      const password = await passwordMistake(c, form.password)
      if (password) return refuse({ password })
      try {
        const added = await addAccount(deps, { shopId: shop.id, ...read })
        if (added === 'added') return c.redirect('/shop/settings/accounts?said=account', 303)
        return refuse({ [added === 'other-holder' ? 'holder' : 'number']: words[added] })
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error
        deps.log.warn({ error: error.message }, 'an account could not be checked')
        const failure = consoleTexts(language).coreSilent
        return accountsPage(c, { typed: form, failure }, 503)
      }
    })
    .post('/settings/accounts/switch', async (c) => {
      const form = await readFields(c)
      const account = accountKey.safeParse(form.account).data
      if (!account) throw new AppError('not-found')
      const stop = form.stop === 'yes'
      const done = await stopAccount(deps, { shopId: callerOf(c).shop.id, account, stop })
      const said = done === 'last' ? 'last' : stop ? 'stopped' : 'resumed'
      return c.redirect(`/shop/settings/accounts?said=${said}`, 303)
    })
    .get('/settings/return-addresses', (c) => returnsPage(c, { said: readSaid(c) }))
    .post('/settings/return-addresses', async (c) => {
      const { address = '' } = await readFields(c)
      const words = settingsTexts(c.var.language).returns
      const typed = address.trim()
      const { returnAddresses } = await settingsOf(c)
      if (returnAddresses.length >= mostOfAKind)
        return returnsPage(c, { typed, mistake: words.many }, 422)
      try {
        await addReturnAddress(deps, { shopId: callerOf(c).shop.id, address: typed })
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'invalid') throw error
        return returnsPage(c, { typed, mistake: words.mistake }, 422)
      }
      return c.redirect('/shop/settings/return-addresses?said=address', 303)
    })
    .post('/settings/return-addresses/remove', async (c) => {
      const { prefix = '' } = await readFields(c)
      await removeReturnAddress(deps, { shopId: callerOf(c).shop.id, prefix })
      return c.redirect('/shop/settings/return-addresses?said=address-removed', 303)
    })
    .get('/settings/api-keys', (c) => keysPage(c, { said: readSaid(c) }))
    .post('/settings/api-keys', async (c) => {
      const { shop } = callerOf(c)
      const form = await readFields(c)
      const words = settingsTexts(c.var.language).keys
      const keyId = uuid.safeParse(form.keyId).data
      if (!keyId) throw new AppError('invalid', { detail: 'the form has no id' })
      const label = lineOfText(60).safeParse(form.label ?? '').data
      if (!label) return keysPage(c, { label: form.label, mistakes: { label: words.mistake } }, 422)
      const password = await passwordMistake(c, form.password)
      if (password) return keysPage(c, { label, mistakes: { password } }, 422)
      const { keys } = await settingsOf(c)
      if (keys.length >= mostOfAKind)
        return keysPage(c, { label, mistakes: { label: words.many } }, 422)
      const { apiKey } = await makeApiKeyOnce(deps, { shopId: shop.id, label, keyId })
      return keysPage(c, { made: apiKey })
    })
    .post('/settings/api-keys/:keyId/revoke', async (c) => {
      const keyId = uuid.safeParse(c.req.param('keyId')).data
      if (!keyId) throw new AppError('not-found')
      await revokeApiKey(deps, { shopId: callerOf(c).shop.id, keyId })
      return c.redirect('/shop/settings/api-keys?said=revoked', 303)
    })
}

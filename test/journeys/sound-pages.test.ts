import axe, { type AxeResults, type RunOptions } from 'axe-core'
import { HtmlValidate } from 'html-validate'
import type { Page, Response } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accountParts } from '#shared/accounts.ts'
import { bankCustomers } from '../demo/bank-world.ts'
import { openStreet, type Street } from './street.ts'

const { haruka, kenji } = bankCustomers

let street: Street
beforeAll(async () => {
  street = await openStreet()
})
afterEach(() => street.endStory())
afterAll(() => street?.close())

const markup = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // How the source is typed, which no browser and no reader sees.
    'doctype-style': 'off',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-implicit-button-type': 'off',
    'tel-non-breaking': 'off',
    // hx-* attributes are htmx's.
    'no-unknown-attribute': 'off',
  },
})

const runAxe = async (page: Page, options: RunOptions = {}): Promise<string[]> => {
  const { violations } = (await page.evaluate(
    `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], ...options })})`,
  )) as AxeResults
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}

/** Looks at every page that a visitor comes to: its source, and what it is to a screen reader and to weak eyes. */
const createInspector = (page: Page) => {
  const faults: string[] = []
  let last: Response | undefined
  page.on('response', (response) => {
    const isDocument = response.request().resourceType() === 'document'
    const isMain = response.frame() === page.mainFrame()
    if (isDocument && isMain && (response.status() < 300 || response.status() > 399))
      last = response
  })
  const checkSource = async () => {
    const report = await markup.validateString((await last?.text()) ?? '')
    return report.results.flatMap(({ messages }) =>
      messages.map(
        ({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column})`,
      ),
    )
  }
  return {
    faults,
    async inspect(name: string, { heading = true }: { heading?: boolean } = {}) {
      if (heading) await page.locator('h1').first().waitFor()
      await page.evaluate(axe.source)
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      const light = await runAxe(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      const dark = await runAxe(page, { runOnly: ['color-contrast'] })
      const found = [...(await checkSource()), ...light, ...dark.map((one) => `dark ${one}`)]
      faults.push(...found.map((one) => `${name}: ${one}`))
    },
  }
}

/** Each page is read by two tools, in two schemes. */
const slowMs = 180_000

const press = (page: Page, selector: string) => page.locator(selector).first().click()

const orderShoeCare = async (page: Page, inspect: (name: string) => Promise<void>) => {
  await page.goto(street.shops.url)
  await inspect('shops')
  await page.goto(`${street.shops.url}/shop-a`)
  await inspect('shelf')
  await page.goto(`${street.shops.url}/shop-a/goods/leather-walking-shoes`)
  await inspect('good')
  await page.goto(`${street.shops.url}/shop-a/goods/shoe-care-set`)
  await press(page, 'form.add button')
  await inspect('basket')
  await press(page, 'a[href$="/checkout"]')
  await inspect('checkout')
  await press(page, 'form.checkout button')
  await inspect('checkout with mistakes')
  await page.locator('[name=name]').fill('佐藤 遥')
  await page.locator('[name=address]').fill('横浜市中区山下町12-3')
  await page.locator('[name=phone]').fill('045-555-0119')
  await press(page, 'form.checkout button')
  await inspect('entry screen')
}

interface Person {
  password: string
  accounts: readonly { account: string }[]
}

const signIn = async (page: Page, person: Person, inspect: (name: string) => Promise<void>) => {
  const { branch, number } = accountParts(person.accounts[0]?.account ?? '')
  const fill = async (password: string) => {
    await page.locator('[name=branch]').fill(branch)
    await page.locator('[name=accountNumber]').fill(number)
    await page.locator('[name=password]').fill(password)
    await press(page, 'form[action="/sign-in"] button')
  }
  await inspect('sign-in')
  await press(page, 'form[action="/sign-in"] button')
  await inspect('sign-in with mistakes')
  await fill('no password of mine')
  await inspect('sign-in not accepted')
  await fill(person.password)
}

const pay = async (page: Page, person: Person, inspect: (name: string) => Promise<void>) => {
  const { number } = accountParts(person.accounts[0]?.account ?? '')
  const agree = async (accountNumber: string, password: string) => {
    await page.locator('[name=accountNumber]').fill(accountNumber)
    await page.locator('[name=password]').fill(password)
    await press(page, 'form[action="/payments"] button.is-wide')
  }
  await page.goto(`${street.system.urls.portal}/claims`)
  await inspect('list')
  await press(page, 'label.row-name')
  await page.waitForURL(/claim=/)
  await inspect('list with a claim ticked')
  await page.reload()
  await inspect('list reloaded')
  await press(page, '.decision-actions .button')
  await inspect('confirmation')
  await agree('', '')
  await inspect('confirmation with mistakes')
  await agree(number, 'no password of mine')
  await inspect('wrong password')
  await agree(number, person.password)
  await page.waitForURL(/\/payments\/[0-9a-f-]{36}$/)
  await inspect('paid')
}

describe('every page of a journey', () => {
  it.each([
    { locale: 'en-GB', person: haruka },
    { locale: 'ja-JP', person: kenji },
  ])(
    'is valid HTML and breaks no rule of accessibility, in light and in dark, $locale',
    async ({ locale, person }) => {
      const { page, expectRefusal } = await street.visit({ locale })
      for (const status of [401, 404, 410, 422]) expectRefusal(status)
      const { inspect, faults } = createInspector(page)
      const { portal } = street.system.urls

      await orderShoeCare(page, inspect)
      const entryUrl = page.url()
      await press(page, `a[href^="${portal}/entry/"]`)
      await signIn(page, person, inspect)
      await page.waitForURL(/\/entry\//)
      await inspect('order to accept')
      await press(page, 'form[action$="/accept"] button')
      await inspect('order accepted')
      await press(page, 'a[href*="/later"]')
      await inspect('order to be paid later')
      await page.goto(portal)
      await inspect('home')
      await pay(page, person, inspect)
      for (const path of ['/', '/claims', '/paid', '/accounts', '/nowhere']) {
        await page.goto(portal + path)
        await inspect(`${path} afterwards`)
      }
      await page.goto(`${portal}/paid`)
      await press(page, 'a[href^="/paid/"]')
      await inspect('payment record')
      await press(page, 'main a[href^="/claims/"]')
      await inspect('claim')
      await page.goto(entryUrl)
      await inspect('used entry link')
      await press(page, `a[href^="${street.shops.url}"]`)
      await inspect('order at the shop')
      await page.goto(`${street.shops.url}/shop-a/orders`)
      await inspect('orders at the shop')
      await page.goto(portal)
      await press(page, 'form[action="/sign-out"] button')
      await inspect('signed out')
      await expect.poll(() => street.inbox.mails({ to: person.mailAddress }).length).toBe(2)
      await page.goto(street.inbox.url)
      await inspect('inbox')
      await press(page, '.rows a')
      await inspect('mail')
      await page.goto(`${street.inbox.url}/desk`)
      await inspect('desk')

      expect(faults).toEqual([])
    },
    slowMs,
  )
})

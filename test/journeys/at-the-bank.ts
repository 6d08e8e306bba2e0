import type { Page } from 'playwright-core'
import { accountParts } from '#shared/accounts.ts'

interface Person {
  password: string
  accounts: readonly { account: string }[]
}

/** Signs in on the page that asks for it, by branch and account number. */
export const signInByAccount = async (page: Page, person: Person): Promise<void> => {
  const { branch, number } = accountParts(person.accounts[0]?.account ?? '')
  await page.getByLabel('Branch number').fill(branch)
  await page.getByLabel('Account number').fill(number)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** From the entry screen to the bank's question, past the sign-in if the bank asks for one. */
export const goToBank = async (page: Page, person: Person): Promise<void> => {
  await page.getByRole('link', { name: 'Go to Minato Bank' }).click()
  const question = page.getByRole('heading', { name: 'Accept this order?' })
  const signIn = page.getByRole('heading', { name: 'Sign in' })
  await question.or(signIn).waitFor()
  if (await signIn.isVisible()) await signInByAccount(page, person)
  await question.waitFor()
}

/** From the entry screen to "Order accepted". */
export const acceptAtBank = async (page: Page, person: Person): Promise<void> => {
  await goToBank(page, person)
  await page.getByRole('button', { name: 'Accept order' }).click()
  await page.getByRole('heading', { name: 'Order accepted' }).waitFor()
}

/** Types on the confirmation page what it takes to agree. */
export const fillAgreement = async (
  page: Page,
  { account, password }: { account: string; password: string },
): Promise<void> => {
  await page.getByLabel('Account number').fill(accountParts(account).number)
  await page.getByLabel('Password').fill(password)
}

/** Agrees to the confirmation page and presses its button. */
export const agree = async (
  page: Page,
  agreement: { account: string; password: string },
): Promise<void> => {
  await fillAgreement(page, agreement)
  await page.getByRole('button', { name: /^Pay / }).click()
}

export const waitUntilPaid = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()

/** The payment id in the address of the page: of a confirmation or of a payment's own page. */
export const paymentIdIn = (page: Page): string => {
  const { pathname, searchParams } = new URL(page.url())
  const id = searchParams.get('id') ?? /^\/payments\/([0-9a-f-]{36})$/.exec(pathname)?.[1]
  if (!id) throw new Error(`${page.url()} names no payment`)
  return id
}

/** The main part of the page as a person reads it, on one line. */
export const readMain = async (page: Page): Promise<string> =>
  (await page.getByRole('main').innerText()).replaceAll(/\s+/g, ' ')

/** Ticks a claim of the list, by its row as a finger does. */
export const tick = (page: Page, payee: string): Promise<void> =>
  page.locator('label.row-name', { hasText: payee }).click()

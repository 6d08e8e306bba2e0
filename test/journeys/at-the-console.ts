import type { Page } from 'playwright-core'
import { setShopLogin } from '../../claim-server/shops/set-shop-login.ts'
import type { ShopSlug } from '../demo/shop/goods.ts'
import type { Street } from './street.ts'

export interface ConsoleLogin {
  signInId: string
  password: string
}

export const consoleUrl = ({ system }: Street): string => `${system.urls.claims}/shop`

/** Gives a shop of the street its login, as the bank's staff do. */
export const giveLogin = async (street: Street, shop: ShopSlug): Promise<ConsoleLogin> => {
  const login = { signInId: shop, password: 'seven brown laces 24' }
  const { shopId } = street.shops.keys[shop]
  await setShopLogin(street.system.claims.deps, { shopId, ...login })
  return login
}

export const signInAtConsole = async (
  street: Street,
  page: Page,
  { signInId, password }: ConsoleLogin,
): Promise<void> => {
  await page.goto(`${consoleUrl(street)}/sign-in`)
  await page.getByLabel('Sign-in id').fill(signInId)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor({ state: 'detached' })
}

/** Signs in to the desk of the bank's staff. */
export const signInAtDesk = async (
  { system }: Street,
  page: Page,
  { staffId, password }: { staffId: string; password: string },
): Promise<void> => {
  await page.goto(`${system.urls.portal}/staff/sign-in`)
  await page.getByLabel('Staff id').fill(staffId)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Desk' }).waitFor()
}

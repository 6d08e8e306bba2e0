import { expect, vi } from 'vitest'
import type { StoredMail } from '../demo/inbox/mail-store.ts'
import type { Street, Visit } from './street.ts'

/** Mails to that address that name the order, oldest first, once so many are there. */
export const waitForMails = (
  { inbox }: Street,
  to: string,
  { orderNumber, count }: { orderNumber: string; count: number },
): Promise<StoredMail[]> =>
  vi.waitFor(
    () => {
      const mails = inbox.mails({ to }).filter((mail) => mail.subject.includes(orderNumber))
      expect(mails.map((mail) => mail.subject)).toHaveLength(count)
      return mails.toReversed()
    },
    { timeout: 15_000, interval: 50 },
  )

/** Opens the newest mail to that address with that in its subject on the inbox's page, as a person does. */
export const readMail = async (
  { inbox }: Street,
  { page }: Visit,
  { to, subject }: { to: string; subject: RegExp },
): Promise<{ text: string; html: string }> => {
  await page.goto(inbox.url)
  await page.getByLabel('Recipient').fill(to)
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('link', { name: subject }).first().click()
  const text = await page.locator('.text-part').innerText()
  const html = await page.frameLocator('iframe').locator('body').innerText()
  return { text, html }
}

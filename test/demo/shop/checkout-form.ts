import * as z from 'zod'
import { lineOfText } from '#shared/contracts/fields.ts'
import type { Language } from '#shared/texts.ts'
import type { CheckoutValues } from './checkout.page.tsx'
import type { Purchase } from './purchases.ts'
import { orderTexts } from './order.texts.ts'

export interface CheckoutForm {
  purchaseId: string
  values: CheckoutValues
  errors: Partial<CheckoutValues>
  /** Set when nothing is wrong. */
  accepted: Pick<Purchase, 'customer' | 'pay'> | undefined
}

const mostCharacters = { name: 60, address: 200 }

// U+FFFD stands where the browser's bytes were no UTF-8.
const isPrintable = (text: string) =>
  !text.includes('\ufffd') && lineOfText(1000).safeParse(text).success

const lineProblem = (text: string, most: number, language: Language): string | undefined => {
  const words = orderTexts(language).checkout.wrong
  if (text.trim() === '') return words.empty
  if (text.trim().length > most) return words.long(most)
  return isPrintable(text) ? undefined : words.hidden
}

/** Full-width digits and dashes are what a Japanese keyboard gives. */
const plainPhone = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll(/[‐‑–—−ー]/g, '-')
    .trim()

const phoneProblem = (text: string, language: Language): string | undefined => {
  const words = orderTexts(language).checkout.wrong
  if (text.trim() === '') return words.empty
  const digits = plainPhone(text).replaceAll(/\D/g, '')
  const fits = /^\+?[\d() -]{8,20}$/.test(plainPhone(text)) && digits.length >= 8
  return fits ? undefined : words.phone
}

const line = (text: string) => text.normalize('NFC').trim()

const textOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 1000) : '')

/** Reads the checkout form; what is wrong is said per field, in the customer's language. */
export const readCheckoutForm = (
  fields: Record<string, unknown>,
  { language, bankOffered }: { language: Language; bankOffered: boolean },
): CheckoutForm => {
  const values: CheckoutValues = {
    name: textOf(fields.name),
    address: textOf(fields.address),
    phone: textOf(fields.phone),
    pay: textOf(fields.pay),
  }
  const pay = z.enum(bankOffered ? ['bank', 'cash'] : ['cash']).safeParse(values.pay)
  const problems = {
    name: lineProblem(values.name, mostCharacters.name, language),
    address: lineProblem(values.address, mostCharacters.address, language),
    phone: phoneProblem(values.phone, language),
    pay: pay.success ? undefined : orderTexts(language).checkout.wrong.pay,
  }
  const errors = Object.fromEntries(
    Object.entries(problems).filter(([, problem]) => problem !== undefined),
  ) as Partial<CheckoutValues>
  const customer = {
    name: line(values.name),
    address: line(values.address),
    phone: plainPhone(values.phone),
  }
  return {
    purchaseId: z.uuid().safeParse(fields.purchase).data ?? crypto.randomUUID(),
    values,
    errors,
    accepted:
      pay.success && Object.keys(errors).length === 0 ? { customer, pay: pay.data } : undefined,
  }
}

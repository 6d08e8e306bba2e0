import * as z from 'zod'
import { parseOrderNumber } from '../order-number.ts'

export { accountKey } from '../accounts.ts'
export { instant, localDate } from '../dates.ts'
export { amountMinor, balanceMinor, currency, zeroOrMoreMinor } from '../money.ts'
export { orderNumber } from '../order-number.ts'

/** Languages of pages and mails. */
export const language = z.enum(['en', 'ja'])
export type Language = z.infer<typeof language>

/** A UUIDv7: payments, transfers, runs. In lower case, so that one id has one text. */
export const uuid = z
  .uuid({ version: 'v7' })
  .refine((id) => id === id.toLowerCase(), 'write it in lower case')

/** The customer's reference at their bank. */
export const customerId = z.string().regex(/^[A-Za-z0-9-]{1,40}$/)

// Control characters, what no Unicode character is, and the marks that turn or hide text: right-to-left
// overrides, isolates, zero width, fillers, tags. Variation selectors stay: names in kanji need them.
const hidden =
  /\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Noncharacter_Code_Point}|\p{Default_Ignorable_Code_Point}|\u2800/u
const variationSelectors = /(?<=[^\p{Variation_Selector}])\p{Variation_Selector}/gu

const hidesNothing = (text: string) => !hidden.test(text.replaceAll(variationSelectors, ''))

/** One line of text for people: 1 to `max` characters, trimmed, no control or direction characters. */
export const lineOfText = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1, 'write at least one character')
        .max(max, `write at most ${max} characters`)
        .refine(hidesNothing, 'remove control and text-direction characters'),
    )

/**
 * A mail address by a strict pattern: ASCII, no quoted parts, no blanks, nothing that a mail header
 * or an SMTP command could take for its end.
 */
export const mailAddress = z
  .string()
  .max(254)
  .regex(
    /^(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
    'this is not a mail address',
  )

/** An order number as a person types it, with or without dashes, in either case. */
export const typedOrderNumber = z
  .string()
  .max(40)
  .transform((text, context) => {
    const number = parseOrderNumber(text)
    if (number) return number
    context.addIssue({ code: 'custom', message: 'this is no order number: check its characters' })
    return z.NEVER
  })

/** A compact JWS; its content is verified by who needs it. */
export const jws = z
  .string()
  .max(64 * 1024)
  .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/)

export const cursor = z.string().max(500)

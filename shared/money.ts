import * as z from 'zod'

/** The largest amount of one claim, group or fee, in minor units: 10^11. */
export const largestAmountMinor = 100_000_000_000n

// ISO 4217 minor units. Not Intl's table: it says 0 for HUF, where the standard says 2.
const exponents = {
  JPY: 0,
  KRW: 0,
  ISK: 0,
  USD: 2,
  EUR: 2,
  CHF: 2,
  GBP: 2,
  HUF: 2,
  KWD: 3,
} as const

export type Currency = keyof typeof exponents
export const currencies = Object.keys(exponents) as [Currency, ...Currency[]]

/** ISO 4217 code on the wire. */
export const currency = z.enum(currencies)

/** A positive amount on the wire: a JSON integer of minor units; a bigint in code. */
export const amountMinor = z.int().min(1).max(Number(largestAmountMinor)).transform(BigInt)

/** As `amountMinor`, zero included: fees, sums, shortfalls. */
export const zeroOrMoreMinor = z.int().min(0).max(Number.MAX_SAFE_INTEGER).transform(BigInt)

/** A balance on the wire: it may be negative. */
export const balanceMinor = z
  .int()
  .min(Number.MIN_SAFE_INTEGER)
  .max(Number.MAX_SAFE_INTEGER)
  .transform(BigInt)

/** The sum of amounts of one currency, which the caller sees to; 0n of none. */
export const sumMinor = (amounts: Iterable<bigint>): bigint => {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}

const toDecimal = (amount: bigint, exponent: number): string => {
  if (exponent === 0) return `${amount}`
  const sign = amount < 0n ? '-' : ''
  const digits = `${amount < 0n ? -amount : amount}`.padStart(exponent + 1, '0')
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

const numberFormats = new Map<string, Intl.NumberFormat>()
const numberFormat = (language: string, exponent: number) => {
  const key = `${language}/${exponent}`
  let format = numberFormats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    })
    numberFormats.set(key, format)
  }
  return format
}

/** The amount's digits alone, grouped: "13,650". */
export const formatNumber = (amount: bigint, code: Currency, language: 'en' | 'ja'): string =>
  numberFormat(language, exponents[code]).format(
    toDecimal(amount, exponents[code]) as Intl.StringNumericLiteral,
  )

/** The amount with its unit in words: "13,650 yen", 「13,650円」, "31.50 EUR". */
export const formatMoney = (amount: bigint, code: Currency, language: 'en' | 'ja'): string => {
  const digits = formatNumber(amount, code, language)
  if (code === 'JPY') return language === 'ja' ? `${digits}円` : `${digits} yen`
  return `${digits} ${code}`
}

/**
 * An amount as people type it, in minor units: "13,650", full-width digits, "31.50" where the currency
 * has minor units. Undefined for anything else, zero and more than the largest amount included.
 */
export const parseMoney = (text: string, code: Currency): bigint | undefined => {
  const typed = text.normalize('NFKC').replaceAll(/[\s,]/g, '')
  const exponent = exponents[code]
  const [, whole, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,3}))?$/.exec(typed) ?? []
  if (whole === undefined || fraction.length > exponent) return undefined
  const amount = BigInt(whole + fraction.padEnd(exponent, '0'))
  return amount >= 1n && amount <= largestAmountMinor ? amount : undefined
}

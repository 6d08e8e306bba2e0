import { lineOfText, mailAddress } from '#shared/contracts/fields.ts'
import type { Language } from '#shared/texts.ts'
import { isLanguage } from '#shared/texts.ts'
import type { Form } from '../form.ts'
import { settingsTexts } from './texts.ts'

/** What a shop says of how it is reached and what its orders get by default. */
export interface ShopFields {
  mailAddress: string
  contactAddress?: string
  phone?: string
  website?: string
  language: Language
  defaultDaysToPay: number
  warningDays: number
}

type ContactField =
  | 'mailAddress'
  | 'contactAddress'
  | 'phone'
  | 'website'
  | 'defaultDaysToPay'
  | 'warningDays'
export type ContactMistakes = Partial<Record<ContactField, string>>

const filled = (text: string | undefined): string | undefined => text?.trim() || undefined

const readWebsite = (text: string): string | undefined => {
  const url = text.length <= 200 && /^https?:\/\//i.test(text) ? URL.parse(text) : null
  return url && !url.username && !url.password ? url.href : undefined
}

const readDays = (text: string | undefined, most: number): number | undefined => {
  const typed = (text ?? '').normalize('NFKC').trim()
  return /^\d{1,3}$/.test(typed) && Number(typed) <= most ? Number(typed) : undefined
}

/** The fields of contact and terms, or their mistakes in words. */
export const readContact = (
  form: Form,
  language: Language,
): { fields: ShopFields } | { mistakes: ContactMistakes } => {
  const words = settingsTexts(language).contact.mistakes
  const mistakes: ContactMistakes = {}
  const optional = (
    name: 'contactAddress' | 'phone' | 'website',
    read: (text: string) => string | undefined,
  ) => {
    const text = filled(form[name])
    if (text === undefined) return {}
    const value = read(text)
    if (value === undefined) mistakes[name] = words[name]
    return value === undefined ? {} : { [name]: value }
  }
  const address = mailAddress.safeParse(form.mailAddress?.trim()).data
  if (!address) mistakes.mailAddress = words.mailAddress
  const given = {
    ...optional('contactAddress', (text) => mailAddress.safeParse(text).data),
    ...optional('phone', (text) => lineOfText(30).safeParse(text).data),
    ...optional('website', readWebsite),
  }
  const defaultDaysToPay = readDays(form.defaultDaysToPay, 365)
  if (defaultDaysToPay === undefined) mistakes.defaultDaysToPay = words.defaultDaysToPay
  const warningDays = readDays(form.warningDays, 60)
  if (warningDays === undefined) mistakes.warningDays = words.warningDays
  if (!address || defaultDaysToPay === undefined || warningDays === undefined) return { mistakes }
  if (Object.keys(mistakes).length > 0) return { mistakes }
  return {
    fields: {
      mailAddress: address,
      ...given,
      language: isLanguage(form.language) ? form.language : language,
      defaultDaysToPay,
      warningDays,
    },
  }
}

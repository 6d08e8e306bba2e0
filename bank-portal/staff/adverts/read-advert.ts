import * as z from 'zod'
import type { Received } from '#shared/contracts/call.ts'
import { lineOfText } from '#shared/contracts/fields.ts'
import type { addAdvert } from '#shared/contracts/staff.ts'
import { localDate, type LocalDate } from '#shared/dates.ts'
import type { Language } from '#shared/texts.ts'
import { type Form, hasMistakes, type Mistakes } from '../form.ts'
import { advertsTexts } from './texts.ts'

export type NewAdvert = Received<typeof addAdvert>['body']

export type ReadAdvert =
  | { outcome: 'read'; advert: NewAdvert }
  | { outcome: 'mistakes'; mistakes: Mistakes }

const word = lineOfText(40)
const url = z.url({ protocol: /^https$/ }).max(300)

/** Words between commas, Japanese ones too; each once. */
const readWords = (text: string | undefined, most: number): string[] | undefined => {
  const typed = (text ?? '').split(/[,、，]/).map((one) => one.trim())
  const words = [...new Set(typed.filter((one) => one !== ''))]
  const isFine = words.length <= most && words.every((one) => word.safeParse(one).success)
  return isFine ? words : undefined
}

/** An advert as typed, or what is wrong with which field. */
export const readAdvert = (form: Form, today: LocalDate, language: Language): ReadAdvert => {
  const words = advertsTexts(language).mistakes
  const line = (text: string | undefined, most: number) =>
    lineOfText(most).safeParse(text ?? '').data
  const advertiser = line(form.advertiser, 80)
  const en = line(form.en, 100)
  const ja = line(form.ja, 100)
  const address = url.safeParse((form.url ?? '').trim()).data
  const categories = readWords(form.categories, 20)
  const relatedWords = readWords(form.relatedWords, 40)
  const from = localDate.safeParse(form.showFrom).data
  const showFrom = from && from >= today ? from : undefined
  const isOpen = (form.showUntil ?? '') === ''
  const until = localDate.safeParse(form.showUntil).data
  const isUntilFine = isOpen || (until !== undefined && until >= (showFrom ?? today))
  const mistakes: Mistakes = {
    ...(advertiser ? {} : { advertiser: words.advertiser }),
    ...(en ? {} : { en: words.en }),
    ...(ja ? {} : { ja: words.ja }),
    ...(address ? {} : { url: words.url }),
    ...(categories ? {} : { categories: words.categories }),
    ...(relatedWords ? {} : { relatedWords: words.relatedWords }),
    ...(showFrom ? {} : { showFrom: words.showFrom }),
    ...(isUntilFine ? {} : { showUntil: words.showUntil }),
  }
  const isWhole = advertiser && en && ja && address && categories && relatedWords && showFrom
  if (!isWhole || hasMistakes(mistakes)) return { outcome: 'mistakes', mistakes }
  const showUntil = isOpen ? null : (until ?? null)
  const shown = { categories, relatedWords, showFrom, showUntil }
  return { outcome: 'read', advert: { advertiser, text: { en, ja }, url: address, ...shown } }
}

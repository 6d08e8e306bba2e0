import { lineOfText, uuid } from '#shared/contracts/fields.ts'
import type { NewOrder } from '#shared/contracts/shop-api.ts'
import { localDate } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { type Currency, parseMoney } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import type { Form } from '../form.ts'
import { writingTexts } from './texts.ts'

export const openForMinutes = ['30', '1440', '4320', '10080'] as const

export type OrderField = 'description' | 'amount' | 'category' | 'reference' | 'timeLimit'
export type OrderMistakes = Partial<Record<OrderField, string>>

/** The line, undefined when empty, null when it can't be one. */
const optionalLine = (text: string | undefined, max: number): string | undefined | null => {
  if ((text ?? '').trim() === '') return undefined
  return lineOfText(max).safeParse(text).data ?? null
}

const optionalDate = (text: string | undefined): string | undefined | null =>
  text ? (localDate.safeParse(text).data ?? null) : undefined

/** What the form says, or its mistakes in words. Throws `invalid` for a form without its id. */
export const readOrder = (
  form: Form,
  { language, currency }: { language: Language; currency: Currency },
): { order: NewOrder; openMinutes: number } | { mistakes: OrderMistakes } => {
  const words = writingTexts(language).mistakes
  const formId = uuid.safeParse(form.formId).data
  if (!formId) throw new AppError('invalid', { detail: 'the form has no id' })
  const description = lineOfText(140).safeParse(form.description ?? '').data
  const amount = parseMoney(form.amount ?? '', currency)
  const category = optionalLine(form.category, 40)
  const reference = optionalLine(form.reference, 64)
  const timeLimit = optionalDate(form.timeLimit)
  const mistakes: OrderMistakes = {
    ...(description ? {} : { description: words.description }),
    ...(amount ? {} : { amount: words.amount }),
    ...(category === null ? { category: words.category } : {}),
    ...(reference === null ? { reference: words.reference } : {}),
    ...(timeLimit === null ? { timeLimit: words.timeLimit } : {}),
  }
  if (!description || !amount || Object.keys(mistakes).length > 0) return { mistakes }
  const openFor = openForMinutes.find((one) => one === form.openFor) ?? '30'
  return {
    openMinutes: Number(openFor),
    order: {
      // The form's own id where the shop has no number: sent twice, it is one order.
      shopOrderRef: reference ?? `C-${formId.slice(-12)}`,
      description,
      amount: { value: amount, currency },
      ...(category ? { category } : {}),
      ...(timeLimit ? { timeLimit } : {}),
    },
  }
}

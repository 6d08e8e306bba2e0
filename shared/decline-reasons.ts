import type { DeclineReason } from './contracts/customer-choices.ts'
import { defineTexts, type Language } from './texts.ts'

const words = defineTexts({
  en: {
    'not-delivered': 'Not delivered',
    returned: 'Goods returned',
    'wrong-amount': 'The amount is wrong',
    'paid-otherwise': 'Paid in another way',
    'not-mine': 'Not ordered by the customer',
    other: 'Another reason',
  } satisfies Record<DeclineReason, string>,
  ja: {
    'not-delivered': '商品が届いていない',
    returned: '商品を返品した',
    'wrong-amount': '金額が違う',
    'paid-otherwise': '別の方法で支払い済み',
    'not-mine': '注文した覚えがない',
    other: 'その他の理由',
  },
})

const separator = ': '

/** A reason with the customer's own words as a claim's history keeps it: "wrong-amount: it was 2,100". */
export const writeDeclineReason = (reason: DeclineReason, text?: string): string =>
  text === undefined ? reason : reason + separator + text

/** A kept reason in the words of a language; anything else, such as a shop's own reason, as it is. */
export const declineReasonIn = (language: Language, kept: string): string => {
  const [code = '', ...text] = kept.split(separator)
  const known: Record<string, string> = words(language)
  if (!Object.hasOwn(known, code)) return kept
  const own = text.join(separator)
  if (own === '') return known[code] ?? kept
  return language === 'ja' ? `${known[code]}（${own}）` : `${known[code]}: ${own}`
}

import { type AccountType, toAccountKey } from '#shared/accounts.ts'
import { lineOfText } from '#shared/contracts/fields.ts'
import type { Language } from '#shared/texts.ts'
import { digits } from '../form.ts'
import { settingsTexts } from './texts.ts'

export const accountTypes: readonly AccountType[] = ['ordinary', 'current', 'savings']

/** An account as typed, each part in a field of its own. */
export interface TypedAccount {
  branch?: string | undefined
  type?: string | undefined
  number?: string | undefined
  holder?: string | undefined
}
export type AccountMistakes = Partial<Record<'branch' | 'number' | 'holder', string>>

/** The account that the fields say, or their mistakes in words. */
export const readAccount = (
  typed: TypedAccount,
  { bank, language }: { bank: string; language: Language },
): { account: string; holder: string } | { mistakes: AccountMistakes } => {
  const words = settingsTexts(language).accounts.mistakes
  const branch = digits(typed.branch)
  const number = digits(typed.number)
  const type = accountTypes.find((one) => one === typed.type) ?? 'ordinary'
  const holder = lineOfText(140).safeParse(typed.holder ?? '').data
  const mistakes: AccountMistakes = {
    ...(/^\d{3}$/.test(branch) ? {} : { branch: words.branch }),
    ...(/^\d{7}$/.test(number) ? {} : { number: words.number }),
    ...(holder ? {} : { holder: words.holder }),
  }
  if (!holder || Object.keys(mistakes).length > 0) return { mistakes }
  return { account: toAccountKey({ bank, branch, type, number }), holder }
}

import type { AccountType } from '#shared/accounts.ts'
import { lineOfText, uuid } from '#shared/contracts/fields.ts'
import { AppError } from '#shared/errors.ts'
import { largestAmountMinor } from '#shared/money.ts'
import type { Language } from '#shared/texts.ts'
import type { AccountToOpen } from '../accounts/open-account.ts'
import type { Owners } from '../accounts/list-owners.ts'
import { operatorTexts } from './texts.ts'

export type OpenAccountField =
  | 'customerId'
  | 'company'
  | 'branch'
  | 'type'
  | 'label'
  | 'labelJa'
  | 'deposit'

type Mistakes = Partial<Record<OpenAccountField, string>>

const types: AccountType[] = ['ordinary', 'current', 'savings']

/** The parsed line, or undefined. */
const line = (text: string | undefined, max: number): string | undefined => {
  const parsed = lineOfText(max).safeParse(text ?? '')
  return parsed.success ? parsed.data : undefined
}

/** Whole yen as people type them: full-width digits, commas, blanks; empty is nothing. */
const depositOf = (text = ''): bigint | undefined => {
  const digits = text.normalize('NFKC').replaceAll(/[\s,]/g, '')
  if (!/^\d{0,12}$/.test(digits)) return undefined
  const minor = BigInt(digits)
  return minor <= largestAmountMinor ? minor : undefined
}

/** What the form says, or its mistakes in the operator's language. Throws `invalid` for a form without its id. */
export const readOpenAccount = (
  form: Record<string, string>,
  { owners, language }: { owners: Owners; language: Language },
): { account: AccountToOpen } | { mistakes: Mistakes } => {
  const words = operatorTexts(language).open.mistakes
  const formId = uuid.safeParse(form.formId)
  if (!formId.success) throw new AppError('invalid', { detail: 'the form has no id' })
  const customerId = form.customerId || undefined
  const company = line(form.company, 140)
  const branch = owners.branches.find((one) => one.branch === form.branch)?.branch
  const type = types.find((one) => one === form.type)
  const label = line(form.label, 40)
  const labelJa = line(form.labelJa, 40)
  const depositMinor = depositOf(form.deposit)
  const isKnown = owners.customers.some((one) => one.customerId === customerId)
  const mistakes: Mistakes = {
    ...(customerId && form.company ? { company: words.both } : {}),
    ...(customerId
      ? !isKnown && { customerId: words.owner }
      : !company && { company: words.owner }),
    ...(branch ? {} : { branch: words.branch }),
    ...(type ? {} : { type: words.type }),
    ...(label ? {} : { label: words.label }),
    ...(labelJa ? {} : { labelJa: words.labelJa }),
    ...(depositMinor === undefined ? { deposit: words.deposit } : {}),
  }
  if (Object.keys(mistakes).length > 0 || !branch || !type || !label || !labelJa)
    return { mistakes }
  const owner = customerId ? { customerId } : { company: company ?? '' }
  return {
    account: {
      formId: formId.data,
      owner,
      branch,
      type,
      label,
      labelJa,
      depositMinor: depositMinor ?? 0n,
    },
  }
}

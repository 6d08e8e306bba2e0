import { lineOfText, uuid } from '#shared/contracts/fields.ts'
import { AppError } from '#shared/errors.ts'
import type { Language } from '#shared/texts.ts'
import { normalId } from '#shared/normal-id.ts'
import type { RegistrationProblem } from '../../shops/register-shop.ts'
import { passwordProblem } from '../../shops/shop-password.ts'
import { isSignInId } from '../../shops/sign-in-id.ts'
import type { Form } from '../form.ts'
import { readAccount, type TypedAccount } from '../settings/read-account.ts'
import { readContact, type ShopFields } from '../settings/read-shop.ts'
import { settingsTexts } from '../settings/texts.ts'
import { signUpTexts } from './texts.ts'

const mostAccounts = 20

/** Mistakes by field name; those of an account as "accounts.0.branch". */
export type SignUpMistakes = Record<string, string>

export interface SignUp {
  shopId: string
  shop: ShopFields & {
    name: string
    nameJa?: string
    accounts: { account: string; holder: string }[]
  }
  signInId: string
  password: string
}

export const accountField = (at: number, part: string): string => `accounts.${at}.${part}`

/** The accounts as typed; there is always one. */
export const typedAccounts = (form: Form): TypedAccount[] => {
  const count = Object.keys(form).filter((name) => /^accounts\.\d{1,2}\.number$/.test(name)).length
  return Array.from({ length: Math.min(Math.max(count, 1), mostAccounts) }, (_, at) => ({
    branch: form[accountField(at, 'branch')],
    type: form[accountField(at, 'type')],
    number: form[accountField(at, 'number')],
    holder: form[accountField(at, 'holder')],
  }))
}

/** One more account, or one less, when that is what the button was for; undefined when it was not. */
export const changedAccounts = (form: Form): TypedAccount[] | undefined => {
  const accounts = typedAccounts(form)
  // The holder is mostly the same.
  if (form.act === 'add')
    return accounts.length < mostAccounts
      ? [...accounts, { holder: accounts.at(-1)?.holder }]
      : accounts
  const [, removed] = /^remove-(\d{1,2})$/.exec(form.act ?? '') ?? []
  if (removed === undefined) return undefined
  return accounts.length > 1 ? accounts.toSpliced(Number(removed), 1) : accounts
}

const readAccounts = (
  form: Form,
  { bank, language, mistakes }: { bank: string; language: Language; mistakes: SignUpMistakes },
) => {
  const accounts: { account: string; holder: string }[] = []
  for (const [at, typed] of typedAccounts(form).entries()) {
    const read = readAccount(typed, { bank, language })
    if ('mistakes' in read) {
      for (const [part, mistake] of Object.entries(read.mistakes))
        mistakes[accountField(at, part)] = mistake
      continue
    }
    if (accounts.some(({ account }) => account === read.account))
      mistakes[accountField(at, 'number')] = signUpTexts(language).mistakes.twice
    accounts.push(read)
  }
  return accounts
}

/** What the form says, or its mistakes in words. Throws `invalid` for a form without its id. */
export const readSignUp = (
  form: Form,
  { bank, language }: { bank: string; language: Language },
): { signUp: SignUp } | { mistakes: SignUpMistakes } => {
  const words = signUpTexts(language).mistakes
  const settings = settingsTexts(language)
  const shopId = uuid.safeParse(form.formId).data
  if (!shopId) throw new AppError('invalid', { detail: 'the form has no id' })
  const mistakes: SignUpMistakes = {}
  const name = lineOfText(60).safeParse(form.name ?? '').data
  if (!name) mistakes.name = words.name
  const typedJa = form.nameJa?.trim()
  const nameJa = typedJa ? lineOfText(60).safeParse(typedJa).data : undefined
  if (typedJa && !nameJa) mistakes.nameJa = words.nameJa
  const contact = readContact(form, language)
  if ('mistakes' in contact) Object.assign(mistakes, contact.mistakes)
  const accounts = readAccounts(form, { bank, language, mistakes })
  const signInId = normalId(form.signInId ?? '')
  if (!isSignInId(signInId)) mistakes.signInId = words.signInId
  const { password = '', again } = form
  const weakness = passwordProblem(password, [signInId, name ?? '', nameJa ?? ''])
  if (weakness) mistakes.password = settings.password.mistakes[weakness]
  else if (password !== again) mistakes.again = settings.password.mistakes.again
  if (!name || 'mistakes' in contact || Object.keys(mistakes).length > 0) return { mistakes }
  const shop = { ...contact.fields, name, ...(nameJa ? { nameJa } : {}), accounts }
  return { signUp: { shopId, shop, signInId, password } }
}

/** What stood against the registration, at the field where it stands. */
export const toMistakes = (
  problems: readonly RegistrationProblem[],
  language: Language,
): SignUpMistakes => {
  const words = signUpTexts(language).mistakes
  const ofAccounts = settingsTexts(language).accounts.mistakes
  return Object.fromEntries(
    problems.map((one) => {
      switch (one.field) {
        case 'account':
          return [accountField(one.at, 'number'), ofAccounts[one.problem]]
        case 'accounts':
          return [accountField(0, 'number'), words.accountsTaken]
        case 'signInId':
          return ['signInId', words.signInIdTaken]
      }
    }),
  )
}

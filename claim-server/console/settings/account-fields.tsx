import { Field, SelectField } from '#shared/ui/index.ts'
import { consoleTexts } from '../texts.ts'
import type { View } from '../view.tsx'
import { type AccountMistakes, accountTypes, type TypedAccount } from './read-account.ts'
import { settingsTexts } from './texts.ts'

export interface AccountFieldsProps {
  view: View
  typed: TypedAccount
  mistakes: AccountMistakes
  /** Before each field's name, where a form has several accounts: "accounts.0.". */
  prefix?: string
}

/** Branch, type and number of one account at the bank. */
export const AccountFields = ({ view, typed, mistakes, prefix = '' }: AccountFieldsProps) => {
  const words = settingsTexts(view.language).accounts
  const { accountTypes: types } = consoleTexts(view.language)
  return (
    <div class="fields-line">
      <Field
        name={`${prefix}branch`}
        label={words.branch}
        hint={words.branchHint}
        value={typed.branch}
        error={mistakes.branch}
        inputmode="numeric"
        width="xs"
        maxlength={6}
        autocomplete="off"
      />
      <SelectField
        name={`${prefix}type`}
        label={words.type}
        value={typed.type}
        choices={accountTypes.map((value) => ({ value, label: types[value] }))}
      />
      <Field
        name={`${prefix}number`}
        label={words.number}
        hint={words.numberHint}
        value={typed.number}
        error={mistakes.number}
        inputmode="numeric"
        width="s"
        maxlength={12}
        autocomplete="off"
      />
    </div>
  )
}

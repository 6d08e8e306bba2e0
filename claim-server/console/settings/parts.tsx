import type { PropsWithChildren } from 'hono/jsx'
import { accountParts } from '#shared/accounts.ts'
import { Field, Note, PageTitle } from '#shared/ui/index.ts'
import { consoleTexts } from '../texts.ts'
import { ConsolePage, type View } from '../view.tsx'
import { settingsTexts } from './texts.ts'

export type Said = keyof ReturnType<typeof settingsTexts>['said']

/** An account in words: "Current, branch 101, 1100101". */
export const accountWords = (account: string, { language }: View): string => {
  const { branch, type, number } = accountParts(account)
  const texts = consoleTexts(language)
  return texts.account(texts.accountTypes[type], branch, number)
}

export const ConfirmPassword = ({ view, error }: { view: View; error?: string | undefined }) => {
  const words = consoleTexts(view.language)
  return (
    <Field
      name="password"
      type="password"
      label={words.confirmPassword}
      hint={words.confirmHint}
      error={error}
      autocomplete="current-password"
      maxlength={200}
    />
  )
}

export type SettingsPageProps = PropsWithChildren<{
  view: View
  title: string
  said?: Said | undefined
  hasErrors?: boolean
  /** What does not belong to one field: the core gives no answer. */
  failure?: string | undefined
}>

/** A page below the settings, with the way back and what was just done. */
export const SettingsPage = ({
  view,
  title,
  said,
  hasErrors = false,
  failure,
  children,
}: SettingsPageProps) => {
  const words = settingsTexts(view.language)
  return (
    <ConsolePage view={view} title={title} section="settings" hasErrors={hasErrors}>
      <PageTitle
        title={title}
        back={{ href: '/shop/settings', label: consoleTexts(view.language).back.settings }}
      />
      {said && (
        <Note tone={said === 'last' ? 'warn' : 'ok'} announce>
          {words.said[said]}
        </Note>
      )}
      {failure && (
        <Note tone="bad" announce>
          {failure}
        </Note>
      )}
      {children}
    </ConsolePage>
  )
}

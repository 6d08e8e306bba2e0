import { Actions, Button, Card, CsrfField, ErrorSummary, Field } from '#shared/ui/index.ts'
import { mistakeList } from '../form.ts'
import { consoleTexts } from '../texts.ts'
import type { View } from '../view.tsx'
import { SettingsPage } from './parts.tsx'
import { settingsTexts } from './texts.ts'

export type PasswordMistakes = Partial<Record<'current' | 'next' | 'again', string>>

/** Changes the password of the shop's login. */
export const PasswordPage = ({
  view,
  signInId,
  mistakes = {},
}: {
  view: View
  signInId: string
  mistakes?: PasswordMistakes
}) => {
  const words = settingsTexts(view.language).password
  const errors = mistakeList(mistakes)
  const field = (name: 'current' | 'next' | 'again', hint?: string) => (
    <Field
      name={name}
      type="password"
      label={words[name]}
      hint={hint}
      error={mistakes[name]}
      autocomplete={name === 'current' ? 'current-password' : 'new-password'}
      maxlength={200}
    />
  )
  return (
    <SettingsPage view={view} title={words.title} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={view.language} />
      <Card>
        <form method="post" action="/shop/settings/password" class="form" novalidate>
          <CsrfField token={view.page.csrfToken} />
          {/* For password managers: whose password it is. */}
          <input type="hidden" name="username" value={signInId} autocomplete="username" />
          {field('current')}
          {field('next', words.nextHint)}
          {field('again')}
          <Actions>
            <Button>{words.submit}</Button>
            <Button kind="quiet" href="/shop/settings">
              {consoleTexts(view.language).cancel}
            </Button>
          </Actions>
        </form>
      </Card>
    </SettingsPage>
  )
}

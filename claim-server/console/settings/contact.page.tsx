import { Actions, Button, Card, CsrfField, ErrorSummary } from '#shared/ui/index.ts'
import { type Form, mistakeList } from '../form.ts'
import { consoleTexts } from '../texts.ts'
import type { View } from '../view.tsx'
import { ContactFields, TermsFields } from './contact-fields.tsx'
import { SettingsPage } from './parts.tsx'
import type { ContactMistakes } from './read-shop.ts'
import { settingsTexts } from './texts.ts'

export interface ContactPageProps {
  view: View
  values: Form
  mistakes?: ContactMistakes
}

/** Contact, language, days to pay and days of warning. */
export const ContactPage = ({ view, values, mistakes = {} }: ContactPageProps) => {
  const { contact } = settingsTexts(view.language)
  const common = consoleTexts(view.language)
  const errors = mistakeList(mistakes)
  const fields = { view, values, mistakes }
  return (
    <SettingsPage view={view} title={contact.title} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={view.language} />
      <Card>
        <form method="post" action="/shop/settings/contact" class="form" novalidate>
          <CsrfField token={view.page.csrfToken} />
          <ContactFields {...fields} />
          <TermsFields {...fields} />
          <Actions>
            <Button>{common.store}</Button>
            <Button kind="quiet" href="/shop/settings">
              {common.cancel}
            </Button>
          </Actions>
        </form>
      </Card>
    </SettingsPage>
  )
}

import { Field, SelectField } from '#shared/ui/index.ts'
import type { Form } from '../form.ts'
import type { View } from '../view.tsx'
import type { ContactMistakes } from './read-shop.ts'
import { settingsTexts } from './texts.ts'

export interface ContactFieldsProps {
  view: View
  values: Form
  mistakes: ContactMistakes
}

/** How a shop is reached: at sign-up and in the settings. */
export const ContactFields = ({ view, values, mistakes }: ContactFieldsProps) => {
  const words = settingsTexts(view.language).contact
  return (
    <>
      <Field
        name="mailAddress"
        type="email"
        label={words.mailAddress}
        hint={words.mailAddressHint}
        value={values.mailAddress}
        error={mistakes.mailAddress}
        autocomplete="email"
        maxlength={254}
      />
      <SelectField
        name="language"
        label={words.language}
        value={values.language ?? view.language}
        choices={(['ja', 'en'] as const).map((value) => ({
          value,
          label: words.languages[value],
        }))}
      />
      <Field
        name="contactAddress"
        type="email"
        label={words.contactAddress}
        hint={words.contactAddressHint}
        optional={view.language}
        value={values.contactAddress}
        error={mistakes.contactAddress}
        autocomplete="off"
        maxlength={254}
      />
      <Field
        name="phone"
        type="tel"
        label={words.phone}
        hint={words.phoneHint}
        optional={view.language}
        value={values.phone}
        error={mistakes.phone}
        autocomplete="tel"
        maxlength={30}
        width="m"
      />
      <Field
        name="website"
        type="url"
        label={words.website}
        hint={words.websiteHint}
        optional={view.language}
        value={values.website}
        error={mistakes.website}
        autocomplete="url"
        maxlength={200}
      />
    </>
  )
}

/** What orders get by default: at sign-up and in the settings. */
export const TermsFields = ({ view, values, mistakes }: ContactFieldsProps) => {
  const words = settingsTexts(view.language).contact
  const days = { unit: words.days, inputmode: 'numeric', width: 'xs', maxlength: 4 } as const
  return (
    <>
      <Field
        name="defaultDaysToPay"
        label={words.defaultDaysToPay}
        hint={words.defaultDaysToPayHint}
        value={values.defaultDaysToPay}
        error={mistakes.defaultDaysToPay}
        autocomplete="off"
        {...days}
      />
      <Field
        name="warningDays"
        label={words.warningDays}
        hint={words.warningDaysHint}
        value={values.warningDays}
        error={mistakes.warningDays}
        autocomplete="off"
        {...days}
      />
    </>
  )
}

import { Button, Card, CsrfField, DataTable, ErrorSummary, Field } from '#shared/ui/index.ts'
import type { ShopSettings } from '../../shops/find-shop-settings.ts'
import { mistakeList } from '../form.ts'
import type { View } from '../view.tsx'
import { type Said, SettingsPage } from './parts.tsx'
import { settingsTexts } from './texts.ts'

export interface ReturnAddressesPageProps {
  view: View
  settings: ShopSettings
  said?: Said | undefined
  typed?: string
  mistake?: string
}

const Remove = ({ view, prefix }: { view: View; prefix: string }) => {
  const words = settingsTexts(view.language).returns
  return (
    <form method="post" action="/shop/settings/return-addresses/remove">
      <CsrfField token={view.page.csrfToken} />
      <input type="hidden" name="prefix" value={prefix} />
      <button class="link-button" aria-label={words.removeThis(prefix)}>
        {words.remove}
      </button>
    </form>
  )
}

/** Where the shop's customers may be sent back to. */
export const ReturnAddressesPage = (props: ReturnAddressesPageProps) => {
  const { view, settings, said, typed, mistake } = props
  const words = settingsTexts(view.language).returns
  const errors = mistakeList({ address: mistake })
  return (
    <SettingsPage view={view} title={words.title} said={said} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={view.language} />
      <p>{words.intro}</p>
      <DataTable
        language={view.language}
        caption={words.title}
        hideCaption
        rows={settings.returnAddresses}
        empty={words.none}
        columns={[
          { label: words.address, heading: true, cell: (prefix) => prefix },
          { label: words.action, cell: (prefix) => <Remove view={view} prefix={prefix} /> },
        ]}
      />
      <Card title={words.add}>
        <form method="post" action="/shop/settings/return-addresses" class="form" novalidate>
          <CsrfField token={view.page.csrfToken} />
          <Field
            name="address"
            type="url"
            label={words.field}
            hint={words.fieldHint}
            value={typed}
            error={mistake}
            autocomplete="off"
            maxlength={500}
          />
          <Button>{words.submit}</Button>
        </form>
      </Card>
    </SettingsPage>
  )
}

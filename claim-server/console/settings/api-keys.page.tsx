import {
  Button,
  Card,
  CsrfField,
  DataTable,
  ErrorSummary,
  Field,
  Moment,
  Note,
} from '#shared/ui/index.ts'
import type { ShopSettings } from '../../shops/find-shop-settings.ts'
import { mistakeList } from '../form.ts'
import type { View } from '../view.tsx'
import { ConfirmPassword, type Said, SettingsPage } from './parts.tsx'
import { settingsTexts } from './texts.ts'

export interface ApiKeysPageProps {
  view: View
  settings: ShopSettings
  /** Of the form: sent twice, it makes one key. */
  keyId: string
  said?: Said | undefined
  label?: string | undefined
  mistakes?: { label?: string | undefined; password?: string | undefined }
  /** The new key; null when its form was sent before. */
  made?: string | null
}

type Key = ShopSettings['keys'][number]

const Made = ({ view, made }: { view: View; made: string | null }) => {
  const words = settingsTexts(view.language).keys
  if (made === null)
    return (
      <Note tone="warn" title={words.shown.title} announce>
        {words.shown.text}
      </Note>
    )
  return (
    <Card title={words.newTitle}>
      <Note tone="warn" announce>
        {words.newText}
      </Note>
      <Field name="apiKey" label={words.newKey} value={made} readonly autocomplete="off" />
    </Card>
  )
}

const Revoke = ({ view, one }: { view: View; one: Key }) => {
  const words = settingsTexts(view.language).keys
  return (
    <details class="fold">
      <summary aria-label={words.revokeThis(one.label)}>{words.revoke}</summary>
      <form method="post" action={`/shop/settings/api-keys/${one.keyId}/revoke`} class="form">
        <CsrfField token={view.page.csrfToken} />
        <p>{words.revokeText}</p>
        <Button kind="danger" small aria-label={words.revokeThis(one.label)}>
          {words.revoke}
        </Button>
      </form>
    </details>
  )
}

const KeyList = ({ view, settings }: ApiKeysPageProps) => {
  const { language, timeZone } = view
  const words = settingsTexts(language).keys
  return (
    <DataTable
      language={language}
      caption={words.title}
      hideCaption
      rows={settings.keys}
      empty={words.none}
      columns={[
        { label: words.label, heading: true, cell: ({ label }) => <bdi>{label}</bdi> },
        { label: words.key, cell: ({ publicPart }) => <code>ck_{publicPart}</code> },
        {
          label: words.made,
          cell: ({ createdAt }) => (
            <Moment at={createdAt} timeZone={timeZone} language={language} />
          ),
        },
        { label: words.action, cell: (one) => <Revoke view={view} one={one} /> },
      ]}
    />
  )
}

/** The shop's API keys: made, shown once, revoked. */
export const ApiKeysPage = (props: ApiKeysPageProps) => {
  const { view, keyId, said, label, mistakes = {}, made } = props
  const words = settingsTexts(view.language).keys
  const errors = mistakeList(mistakes)
  return (
    <SettingsPage view={view} title={words.title} said={said} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={view.language} />
      {made === undefined ? <p>{words.intro}</p> : <Made view={view} made={made} />}
      <KeyList {...props} />
      <Card title={words.add}>
        <form method="post" action="/shop/settings/api-keys" class="form" novalidate>
          <CsrfField token={view.page.csrfToken} />
          <input type="hidden" name="keyId" value={keyId} />
          <Field
            name="label"
            label={words.field}
            hint={words.fieldHint}
            value={label}
            error={mistakes.label}
            maxlength={60}
            autocomplete="off"
          />
          <ConfirmPassword view={view} error={mistakes.password} />
          <Button>{words.submit}</Button>
        </form>
      </Card>
    </SettingsPage>
  )
}

import {
  Button,
  Card,
  Chip,
  CsrfField,
  DataTable,
  ErrorSummary,
  SelectField,
} from '#shared/ui/index.ts'
import type { ShopSettings } from '../../shops/find-shop-settings.ts'
import { mistakeList } from '../form.ts'
import type { View } from '../view.tsx'
import { AccountFields } from './account-fields.tsx'
import { accountWords, ConfirmPassword, type Said, SettingsPage } from './parts.tsx'
import type { TypedAccount } from './read-account.ts'
import { settingsTexts } from './texts.ts'

export interface AccountsPageProps {
  view: View
  settings: ShopSettings
  said?: Said | undefined
  typed?: TypedAccount
  mistakes?: Partial<Record<'branch' | 'number' | 'holder' | 'password', string>>
  failure?: string | undefined
}

type Account = ShopSettings['accounts'][number]

const Switch = ({ view, one }: { view: View; one: Account }) => {
  const words = settingsTexts(view.language).accounts
  const account = accountWords(one.account, view)
  return (
    <form method="post" action="/shop/settings/accounts/switch">
      <CsrfField token={view.page.csrfToken} />
      <input type="hidden" name="account" value={one.account} />
      <input type="hidden" name="stop" value={one.stoppedAt ? 'no' : 'yes'} />
      <button
        class="link-button"
        aria-label={one.stoppedAt ? words.resumeThis(account) : words.stopThis(account)}
      >
        {one.stoppedAt ? words.resume : words.stop}
      </button>
    </form>
  )
}

const AccountList = ({ view, settings }: AccountsPageProps) => {
  const words = settingsTexts(view.language).accounts
  return (
    <DataTable
      language={view.language}
      caption={words.title}
      hideCaption
      rows={settings.accounts}
      columns={[
        { label: words.account, heading: true, cell: ({ account }) => accountWords(account, view) },
        { label: words.holder, cell: ({ holder }) => holder },
        {
          label: words.state,
          cell: ({ stoppedAt }) =>
            stoppedAt ? <Chip>{words.stopped}</Chip> : <Chip tone="ok">{words.inUse}</Chip>,
        },
        { label: words.action, cell: (one) => <Switch view={view} one={one} /> },
      ]}
    />
  )
}

const AddAccount = ({ view, settings, typed = {}, mistakes = {} }: AccountsPageProps) => {
  const words = settingsTexts(view.language).accounts
  const holders = [...new Set(settings.accounts.map(({ holder }) => holder))]
  return (
    <Card title={words.add}>
      <form method="post" action="/shop/settings/accounts" class="form" novalidate>
        <CsrfField token={view.page.csrfToken} />
        <AccountFields view={view} typed={typed} mistakes={mistakes} />
        <SelectField
          name="holder"
          label={words.holder}
          hint={words.addHint}
          value={typed.holder}
          error={mistakes.holder}
          choices={holders.map((holder) => ({ value: holder, label: holder }))}
        />
        <ConfirmPassword view={view} error={mistakes.password} />
        <Button>{words.submit}</Button>
      </form>
    </Card>
  )
}

/** The accounts on which the shop is paid; the core is asked before another one is added (Fig. 3). */
export const AccountsPage = (props: AccountsPageProps) => {
  const { view, said, mistakes = {}, failure } = props
  const words = settingsTexts(view.language).accounts
  const errors = mistakeList(mistakes)
  return (
    <SettingsPage
      view={view}
      title={words.title}
      said={said}
      hasErrors={errors.length > 0}
      failure={failure}
    >
      <ErrorSummary errors={errors} language={view.language} />
      <p>{words.intro(view.bankName)}</p>
      <AccountList {...props} />
      <AddAccount {...props} />
    </SettingsPage>
  )
}

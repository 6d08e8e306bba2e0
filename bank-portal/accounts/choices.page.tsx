import type { Account } from '#shared/contracts/core-banking.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Actions,
  Button,
  Card,
  CheckField,
  ChecksField,
  CsrfField,
  EmptyState,
  ErrorSummary,
  PageTitle,
  RadioField,
} from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { accountName, shownNumber } from '../names.ts'
import type { ChoiceMistake, ChosenAccounts } from './change-choices.ts'
import { choicesTexts } from './choices.texts.ts'
import { accountsTexts } from './texts.ts'

export interface ChoicesPageProps {
  view: View
  accounts: readonly Account[]
  chosen: ChosenAccounts
  mistake?: ChoiceMistake
}

const AccountFields = ({ view, accounts, chosen, mistake }: ChoicesPageProps) => {
  const { language } = view
  const words = choicesTexts(language)
  const nameOf = (account: Account) =>
    `${accountName(account, language)} ${shownNumber(account.account)}`
  return (
    <Card title={words.pay}>
      <ChecksField
        name="pays"
        label={words.pays}
        hint={words.paysHint}
        error={mistake === 'none-pays' ? words.mistakes[mistake] : undefined}
        values={chosen.pays}
        choices={accounts.map((account) => ({
          value: account.account,
          label: nameOf(account),
          hint: words.balance(formatMoney(account.balanceMinor, account.currency, language)),
        }))}
      />
      <RadioField
        name="defaultAccount"
        label={words.default}
        hint={words.defaultHint}
        error={mistake === 'default-does-not-pay' ? words.mistakes[mistake] : undefined}
        value={chosen.defaultAccount ?? ''}
        choices={[
          { value: '', label: words.cheapest, hint: words.cheapestHint },
          ...accounts.map((account) => ({ value: account.account, label: nameOf(account) })),
        ]}
      />
    </Card>
  )
}

const OtherFields = ({ view, chosen }: ChoicesPageProps) => {
  const words = choicesTexts(view.language)
  return (
    <Card title={words.more}>
      <RadioField
        name="mailLanguage"
        label={words.mailLanguage}
        value={chosen.mailLanguage}
        choices={[
          { value: 'en', label: words.languages.en },
          { value: 'ja', label: words.languages.ja },
        ]}
      />
      <CheckField name="adverts" checked={chosen.showAdverts}>
        {words.adverts}
        <span class="choice-hint">{words.advertsHint}</span>
      </CheckField>
    </Card>
  )
}

/** Account registration and modification, in the member menu (Fig. 3). */
export const ChoicesPage = (props: ChoicesPageProps) => {
  const { view, accounts, mistake } = props
  const words = choicesTexts(view.language)
  const { empty, title: back } = accountsTexts(view.language)
  const errors = mistake
    ? [
        {
          name: mistake === 'none-pays' ? 'pays' : 'defaultAccount',
          message: words.mistakes[mistake],
        },
      ]
    : []
  return (
    <PortalPage
      view={view}
      title={words.title}
      section="accounts"
      width="narrow"
      hasErrors={mistake !== undefined}
    >
      <div class="stack">
        <PageTitle title={words.title} back={{ href: '/accounts', label: back }}>
          {words.sub}
        </PageTitle>
        <ErrorSummary errors={errors} language={view.language} />
        {accounts.length === 0 ? (
          <EmptyState title={empty.title}>{empty.text}</EmptyState>
        ) : (
          <form method="post" action="/accounts/choices" class="stack">
            <CsrfField token={view.page.csrfToken} />
            <AccountFields {...props} />
            <OtherFields {...props} />
            <Actions>
              <Button>{words.save}</Button>
              <Button kind="quiet" href="/accounts">
                {words.cancel}
              </Button>
            </Actions>
          </form>
        )}
      </div>
    </PortalPage>
  )
}

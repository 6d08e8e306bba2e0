import {
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  Note,
  Outcome,
  PageTitle,
} from '#shared/ui/index.ts'
import { type Form, mistakeList } from '../form.ts'
import { AccountFields } from '../settings/account-fields.tsx'
import { ContactFields, TermsFields } from '../settings/contact-fields.tsx'
import type { TypedAccount } from '../settings/read-account.ts'
import { settingsTexts } from '../settings/texts.ts'
import { ConsolePage, type View } from '../view.tsx'
import { accountField, type SignUpMistakes } from './read-sign-up.ts'
import { signUpTexts } from './texts.ts'

export interface SignUpPageProps {
  view: View
  values: Form
  accounts: TypedAccount[]
  mistakes?: SignUpMistakes
  /** What does not belong to one field. */
  failure?: { title?: string; text: string } | undefined
}

const accountsId = 'accounts'

// Without scripts the page comes again with one account more or less; with them only this part does.
const refresh = {
  'hx-post': '/shop/sign-up',
  'hx-target': `#${accountsId}`,
  'hx-select': `#${accountsId}`,
  // Not a morph: that would keep what was typed where another account moved up.
  'hx-swap': 'outerHTML',
}

const Account = ({
  view,
  typed,
  at,
  mistakes,
  removable,
}: {
  view: View
  typed: TypedAccount
  at: number
  mistakes: SignUpMistakes
  removable: boolean
}) => {
  const words = signUpTexts(view.language)
  const ofAccounts = settingsTexts(view.language).accounts
  const mistake = (part: string) => mistakes[accountField(at, part)]
  return (
    <fieldset class="form account-entry">
      <legend>{words.account(at + 1)}</legend>
      <AccountFields
        view={view}
        typed={typed}
        prefix={accountField(at, '')}
        mistakes={{
          ...(mistake('branch') ? { branch: mistake('branch') } : {}),
          ...(mistake('number') ? { number: mistake('number') } : {}),
        }}
      />
      <Field
        name={accountField(at, 'holder')}
        label={ofAccounts.holder}
        hint={ofAccounts.holderHint}
        value={typed.holder}
        error={mistake('holder')}
        maxlength={140}
        autocomplete="off"
      />
      {removable && (
        <Button
          kind="quiet"
          small
          name="act"
          value={`remove-${at}`}
          aria-label={words.removeThis(at + 1)}
          {...refresh}
        >
          {words.removeAccount}
        </Button>
      )}
    </fieldset>
  )
}

const Accounts = ({ view, accounts, mistakes = {} }: SignUpPageProps) => {
  const words = signUpTexts(view.language)
  return (
    <div id={accountsId} class="form">
      {accounts.map((typed, at) => (
        <Account
          view={view}
          typed={typed}
          at={at}
          mistakes={mistakes}
          removable={accounts.length > 1}
        />
      ))}
      <Button kind="secondary" small name="act" value="add" {...refresh}>
        {words.addAccount}
      </Button>
    </div>
  )
}

const ShopFields = ({ view, values, mistakes = {} }: SignUpPageProps) => {
  const words = signUpTexts(view.language)
  return (
    <>
      <Field
        name="name"
        label={words.name}
        hint={words.nameHint}
        value={values.name}
        error={mistakes.name}
        autocomplete="organization"
        maxlength={60}
      />
      <Field
        name="nameJa"
        label={words.nameJa}
        optional={view.language}
        value={values.nameJa}
        error={mistakes.nameJa}
        autocomplete="off"
        maxlength={60}
      />
    </>
  )
}

const LoginFields = ({ view, values, mistakes = {} }: SignUpPageProps) => {
  const words = signUpTexts(view.language)
  return (
    <>
      <Field
        name="signInId"
        label={words.signInId}
        hint={words.signInIdHint}
        value={values.signInId}
        error={mistakes.signInId}
        autocomplete="username"
        maxlength={60}
      />
      <Field
        name="password"
        type="password"
        label={words.password}
        hint={settingsTexts(view.language).password.nextHint}
        error={mistakes.password}
        autocomplete="new-password"
        maxlength={200}
      />
      <Field
        name="again"
        type="password"
        label={words.again}
        error={mistakes.again}
        autocomplete="new-password"
        maxlength={200}
      />
    </>
  )
}

/** A shop registers itself (Figs. 3, 23B). */
export const SignUpPage = (props: SignUpPageProps) => {
  const { view, values, mistakes = {}, failure } = props
  const words = signUpTexts(view.language)
  const errors = mistakeList(mistakes)
  return (
    <ConsolePage view={view} title={words.title} hasErrors={errors.length > 0}>
      <PageTitle title={words.title}>{words.intro(view.bankName)}</PageTitle>
      <p>
        <a href="/shop/sign-in">{words.signIn}</a>
      </p>
      {failure && (
        <Note tone="bad" {...(failure.title ? { title: failure.title } : {})} announce>
          {failure.text}
        </Note>
      )}
      <ErrorSummary errors={errors} language={view.language} />
      <form method="post" action="/shop/sign-up" class="stack" novalidate>
        <CsrfField token={view.page.csrfToken} />
        <input type="hidden" name="formId" value={values.formId} />
        {/* What the enter key presses: otherwise it would be the first button, one of the accounts'. */}
        <button class="visually-hidden" tabindex={-1} aria-hidden="true">
          {words.submit}
        </button>
        <Card title={words.shop}>
          <div class="form">
            <ShopFields {...props} />
          </div>
        </Card>
        <Card title={words.contact}>
          <div class="form">
            <ContactFields view={view} values={values} mistakes={mistakes} />
          </div>
        </Card>
        <Card title={words.terms}>
          <div class="form">
            <TermsFields view={view} values={values} mistakes={mistakes} />
          </div>
        </Card>
        <Card title={words.accounts}>
          <p class="soft">{words.accountsIntro(view.bankName)}</p>
          <Accounts {...props} />
        </Card>
        <Card title={words.login}>
          <div class="form">
            <LoginFields {...props} />
          </div>
        </Card>
        <Button wide>{words.submit}</Button>
      </form>
    </ConsolePage>
  )
}

export const SignedUpPage = ({ view }: { view: View }) => {
  const words = signUpTexts(view.language).done
  return (
    <ConsolePage view={view} title={words.title}>
      <Outcome
        tone="ok"
        title={words.title}
        actions={<Button href="/shop/sign-in">{words.signIn}</Button>}
      >
        <p>{words.text(view.bankName)}</p>
      </Outcome>
    </ConsolePage>
  )
}

import {
  Actions,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  PageTitle,
  RadioField,
  SelectField,
} from '#shared/ui/index.ts'
import type { Owners } from '../accounts/list-owners.ts'
import type { OpenAccountField } from './read-open-account.ts'
import { operatorTexts } from './texts.ts'
import { OperatorPage, type View } from './view.tsx'

export interface OpenAccountPageProps {
  view: View
  owners: Owners
  values: Record<string, string>
  mistakes?: Partial<Record<OpenAccountField, string>>
}

const Owner = ({ view, owners, values, mistakes = {} }: OpenAccountPageProps) => {
  const words = operatorTexts(view.language).open
  const nameOf = ({ name, nameJa }: Owners['customers'][number]) =>
    view.language === 'ja' ? (nameJa ?? name) : name
  return (
    <>
      <SelectField
        name="customerId"
        label={words.owner}
        error={mistakes.customerId}
        value={values.customerId}
        choices={[
          { value: '', label: words.company },
          ...owners.customers.map((customer) => ({
            value: customer.customerId,
            label: `${nameOf(customer)} (${customer.customerId})`,
          })),
        ]}
      />
      <Field
        name="company"
        label={words.companyName}
        hint={words.companyHint}
        optional={view.language}
        value={values.company}
        error={mistakes.company}
        maxlength={140}
        autocomplete="off"
      />
    </>
  )
}

const Place = ({ view, owners, values, mistakes = {} }: OpenAccountPageProps) => {
  const texts = operatorTexts(view.language)
  const branchName = (branch: Owners['branches'][number]) =>
    texts.account.branchName(view.language === 'ja' ? branch.nameJa : branch.name, branch.branch)
  return (
    <>
      <SelectField
        name="branch"
        label={texts.open.branch}
        error={mistakes.branch}
        value={values.branch}
        choices={owners.branches.map((branch) => ({
          value: branch.branch,
          label: branchName(branch),
        }))}
      />
      <RadioField
        name="type"
        label={texts.open.type}
        error={mistakes.type}
        value={values.type ?? 'ordinary'}
        choices={(['ordinary', 'current', 'savings'] as const).map((value) => ({
          value,
          label: texts.types[value],
        }))}
      />
    </>
  )
}

const Terms = ({ view, values, mistakes = {} }: OpenAccountPageProps) => {
  const words = operatorTexts(view.language).open
  const text = { maxlength: 40, autocomplete: 'off' }
  return (
    <>
      <Field
        name="label"
        label={words.label}
        value={values.label}
        error={mistakes.label}
        {...text}
      />
      <Field
        name="labelJa"
        label={words.labelJa}
        value={values.labelJa}
        error={mistakes.labelJa}
        {...text}
      />
      <Field
        name="deposit"
        label={words.deposit}
        hint={words.depositHint}
        optional={view.language}
        value={values.deposit}
        error={mistakes.deposit}
        inputmode="numeric"
        autocomplete="off"
        width="m"
        unit={words.unit}
        maxlength={20}
      />
    </>
  )
}

/** The form that opens an account; its id makes sure that it opens one. */
export const OpenAccountPage = (props: OpenAccountPageProps) => {
  const { view, values, mistakes = {} } = props
  const texts = operatorTexts(view.language)
  const errors = Object.entries(mistakes).map(([name, message]) => ({ name, message }))
  return (
    <OperatorPage
      view={view}
      title={texts.open.title}
      section="accounts"
      width="narrow"
      hasErrors={errors.length > 0}
    >
      <PageTitle
        title={texts.open.title}
        back={{ href: '/operator', label: texts.back.accounts }}
      />
      <ErrorSummary errors={errors} language={view.language} />
      <Card>
        <form method="post" action="/operator/accounts" class="form" novalidate>
          <CsrfField token={view.page.csrfToken} />
          <input type="hidden" name="formId" value={values.formId} />
          <Owner {...props} />
          <Place {...props} />
          <Terms {...props} />
          <Actions>
            <Button>{texts.open.submit}</Button>
            <Button kind="quiet" href="/operator">
              {texts.open.cancel}
            </Button>
          </Actions>
        </form>
      </Card>
    </OperatorPage>
  )
}

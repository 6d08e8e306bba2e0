import {
  Button,
  Card,
  ChecksField,
  CsrfField,
  ErrorSummary,
  Field,
  Note,
  PageTitle,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { type Form, hasMistakes, type Mistakes } from '../form.ts'
import { SecondApprovalFields, withPrefix } from './second-approval.page.tsx'
import { membersTexts } from './texts.ts'

export interface NewMemberPageProps {
  view: StaffView
  values?: Form
  roles?: readonly string[]
  mistakes?: Mistakes
  notAccepted?: boolean
}

export const NotAcceptedNote = ({ view }: { view: StaffView }) => {
  const words = membersTexts(view.language).notAccepted
  return (
    <Note tone="bad" title={words.title} announce>
      {words.text}
    </Note>
  )
}

/** The boxes of the two roles at this desk. */
export const RoleFields = ({
  view,
  chosen,
  error,
}: {
  view: StaffView
  chosen: readonly string[]
  error?: string | undefined
}) => {
  const words = membersTexts(view.language)
  return (
    <ChecksField
      name="roles"
      label={words.roles}
      error={error}
      values={chosen}
      choices={[
        { value: 'clerk', label: words.clerk.name, hint: words.clerk.does },
        { value: 'approver', label: words.approver.name, hint: words.approver.does },
      ]}
    />
  )
}

export const NewMemberPage = ({
  view,
  values = {},
  roles = ['clerk'],
  mistakes = {},
  notAccepted = false,
}: NewMemberPageProps) => {
  const { language } = view
  const words = membersTexts(language)
  const errors = withPrefix(mistakes, 'new')
  return (
    <StaffPage
      view={view}
      title={words.new.title}
      section="members"
      width="narrow"
      hasErrors={hasMistakes(mistakes) || notAccepted}
    >
      <PageTitle title={words.new.title} back={{ href: '/staff/members', label: words.back }}>
        {words.new.text}
      </PageTitle>
      {notAccepted && <NotAcceptedNote view={view} />}
      <Card>
        <form method="post" action="/staff/members" class="form" novalidate>
          <ErrorSummary errors={errors} language={language} />
          <CsrfField token={view.page.csrfToken} />
          <Field
            name="staffId"
            label={words.staffId}
            hint={words.staffIdHint}
            value={values.staffId}
            error={mistakes.staffId}
            autocomplete="off"
            maxlength={60}
            width="m"
          />
          <Field
            name="name"
            label={words.name}
            value={values.name}
            error={mistakes.name}
            autocomplete="off"
            maxlength={80}
          />
          <RoleFields view={view} chosen={roles} error={mistakes.roles} />
          <SecondApprovalFields
            view={view}
            prefix="new"
            mistakes={mistakes}
            secondId={values.secondId}
            optional
          />
          <Button>{words.new.submit}</Button>
        </form>
      </Card>
    </StaffPage>
  )
}

/** The one time that a new password is shown. */
export const PasswordPage = ({
  view,
  title,
  password,
}: {
  view: StaffView
  title: string
  password: string
}) => {
  const words = membersTexts(view.language).password
  return (
    <StaffPage view={view} title={title} section="members" width="narrow">
      <PageTitle title={title} />
      <Card>
        <p>{words.text}</p>
        <p class="soft">{words.label}</p>
        <p class="amount">
          <code>{password}</code>
        </p>
        <Button href="/staff/members">{words.done}</Button>
      </Card>
    </StaffPage>
  )
}

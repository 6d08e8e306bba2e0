import type { BankStaffMember } from '#shared/contracts/core-staff.ts'
import {
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  KeyValues,
  Note,
  PageTitle,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { hasMistakes, type Mistakes } from '../form.ts'
import { MemberChip, memberPath, roleWords } from './members.page.tsx'
import { NotAcceptedNote, RoleFields } from './new-member.page.tsx'
import { SecondApprovalFields, withPrefix } from './second-approval.page.tsx'
import { membersTexts } from './texts.ts'

export const memberActs = ['roles', 'suspended', 'reinstated'] as const
export type MemberAct = (typeof memberActs)[number]

/** The form whose entries were refused. */
export type MemberForm = 'roles' | 'password'

export interface MemberPageProps {
  view: StaffView
  member: BankStaffMember
  done?: MemberAct | undefined
  failed?: {
    form: MemberForm
    mistakes: Mistakes
    notAccepted: boolean
    secondId: string | undefined
    chosen?: readonly string[]
  }
}

const Errors = ({ view, failed, form }: MemberPageProps & { form: MemberForm }) => {
  if (failed?.form !== form) return null
  return <ErrorSummary errors={withPrefix(failed.mistakes, form)} language={view.language} />
}

const Roles = (props: MemberPageProps) => {
  const { view, member, failed } = props
  const words = membersTexts(view.language)
  const own = failed?.form === 'roles' ? failed : undefined
  return (
    <Card title={words.member.changeRoles}>
      <form method="post" action={`${memberPath(member.staffId)}/roles`} class="form" novalidate>
        <Errors {...props} form="roles" />
        <CsrfField token={view.page.csrfToken} />
        <RoleFields view={view} chosen={own?.chosen ?? member.roles} error={own?.mistakes.roles} />
        {member.roles.includes('operator') && <p class="soft">{words.member.operator}</p>}
        {!member.roles.includes('approver') && (
          <SecondApprovalFields
            view={view}
            prefix="roles"
            mistakes={own?.mistakes ?? {}}
            secondId={own?.secondId}
            optional
          />
        )}
        <Button>{words.member.changeRoles}</Button>
      </form>
    </Card>
  )
}

const Suspension = ({ view, member }: MemberPageProps) => {
  const words = membersTexts(view.language).member
  const isSuspended = member.suspendedAt !== null
  return (
    <Card title={isSuspended ? words.reinstate : words.suspend}>
      <p class="soft">{isSuspended ? words.reinstateText : words.suspendText}</p>
      <form method="post" action={`${memberPath(member.staffId)}/suspension`} class="form">
        <CsrfField token={view.page.csrfToken} />
        <input type="hidden" name="suspended" value={isSuspended ? 'no' : 'yes'} />
        <Button kind={isSuspended ? 'secondary' : 'danger'}>
          {isSuspended ? words.reinstate : words.suspend}
        </Button>
      </form>
    </Card>
  )
}

const NewPassword = (props: MemberPageProps) => {
  const { view, member, failed } = props
  const words = membersTexts(view.language).member
  const own = failed?.form === 'password' ? failed : undefined
  return (
    <Card title={words.reset}>
      <p class="soft">{words.resetText}</p>
      <form method="post" action={`${memberPath(member.staffId)}/password`} class="form" novalidate>
        <Errors {...props} form="password" />
        <CsrfField token={view.page.csrfToken} />
        {member.roles.includes('approver') && (
          <SecondApprovalFields
            view={view}
            prefix="password"
            mistakes={own?.mistakes ?? {}}
            secondId={own?.secondId}
            optional={false}
          />
        )}
        <Button kind="secondary">{words.resetSubmit}</Button>
      </form>
    </Card>
  )
}

const Self = ({ view }: { view: StaffView }) => {
  const words = membersTexts(view.language).member
  return (
    <Note>
      {words.self} <a href="/staff/password">{words.ownPassword}</a>
    </Note>
  )
}

/** One member of staff: roles, suspension, a new password. Nobody changes themselves. */
export const MemberPage = (props: MemberPageProps) => {
  const { view, member, done, failed } = props
  const words = membersTexts(view.language)
  const isSelf = member.staffId === view.member?.staffId
  return (
    <StaffPage
      view={view}
      title={member.name}
      section="members"
      width="narrow"
      hasErrors={failed !== undefined && (failed.notAccepted || hasMistakes(failed.mistakes))}
    >
      <PageTitle title={member.name} back={{ href: '/staff/members', label: words.back }} />
      {done && (
        <Note tone="ok" announce>
          {words.done[done]}
        </Note>
      )}
      {failed?.notAccepted && <NotAcceptedNote view={view} />}
      <Card>
        <KeyValues
          items={[
            { label: words.columns.staffId, value: <code>{member.staffId}</code> },
            { label: words.columns.roles, value: roleWords(member, view) },
            { label: words.columns.state, value: <MemberChip view={view} member={member} /> },
          ]}
        />
      </Card>
      {isSelf ? (
        <Self view={view} />
      ) : (
        <>
          <Roles {...props} />
          <NewPassword {...props} />
          <Suspension {...props} />
        </>
      )}
    </StaffPage>
  )
}

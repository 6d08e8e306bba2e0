import type { BankStaffMember } from '#shared/contracts/core-staff.ts'
import { Button, Chip, type Column, DataTable, PageTitle } from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { joined } from '../names.tsx'
import { staffTexts } from '../texts.ts'
import { membersTexts } from './texts.ts'

export const memberPath = (staffId: string): string =>
  `/staff/members/${encodeURIComponent(staffId)}`

export const roleWords = ({ roles }: BankStaffMember, { language }: StaffView): string => {
  const words = staffTexts(language).roles
  return joined(
    roles.map((role) => words[role]),
    language,
  )
}

export const MemberChip = ({ view, member }: { view: StaffView; member: BankStaffMember }) => {
  const words = membersTexts(view.language).states
  if (member.suspendedAt) return <Chip tone="bad">{words.suspended}</Chip>
  return member.passwordIsTemporary ? (
    <Chip tone="warn">{words.temporary}</Chip>
  ) : (
    <Chip tone="ok">{words.active}</Chip>
  )
}

const columnsOf = (view: StaffView): Column<BankStaffMember>[] => {
  const words = membersTexts(view.language)
  return [
    {
      label: words.columns.name,
      heading: true,
      cell: ({ staffId, name }) => (
        <>
          <a href={memberPath(staffId)}>{name}</a>
          {staffId === view.member?.staffId && <span class="soft">{words.you}</span>}
        </>
      ),
    },
    { label: words.columns.staffId, cell: ({ staffId }) => <code>{staffId}</code> },
    { label: words.columns.roles, cell: (member) => roleWords(member, view) },
    { label: words.columns.state, cell: (member) => <MemberChip view={view} member={member} /> },
  ]
}

/** Everybody who works at the bank. */
export const MembersPage = ({ view, staff }: { view: StaffView; staff: BankStaffMember[] }) => {
  const { language } = view
  const words = membersTexts(language)
  return (
    <StaffPage view={view} title={words.title} section="members" width="narrow">
      <PageTitle
        title={words.title}
        actions={<Button href="/staff/members/new">{words.add}</Button>}
      >
        {words.intro}
      </PageTitle>
      <DataTable
        language={language}
        caption={words.title}
        hideCaption
        columns={columnsOf(view)}
        rows={staff}
      />
    </StaffPage>
  )
}

import { Button, Chip, CsrfField, Note, type Tone } from '#shared/ui/index.ts'
import type { Language } from '#shared/texts.ts'
import type { StaffView } from '../layout.tsx'
import { wordFor } from '../record.texts.ts'
import { noticesTexts } from './texts.ts'

const tones: Record<string, Tone> = { delivered: 'ok', waiting: 'warn', failed: 'bad' }

/** How far a mail has got; the tries only while it has not arrived. */
export const NoticeChip = ({
  status,
  attempts,
  language,
}: {
  status: string
  attempts: number
  language: Language
}) => (
  <span>
    <Chip tone={tones[status] ?? 'quiet'}>{wordFor('noticeStatuses', status, language)}</Chip>
    {status !== 'delivered' && attempts > 0 && (
      <span class="soft"> {noticesTexts(language).attempts(attempts)}</span>
    )}
  </span>
)

/** Leads back to where it stands: a claim's page, or the list. */
export const ResendButton = ({
  view,
  noticeId,
  orderNumber,
  isList = false,
}: {
  view: StaffView
  noticeId: string
  orderNumber: string
  isList?: boolean
}) => {
  const words = noticesTexts(view.language)
  return (
    <form method="post" action={`/staff/notices/${noticeId}/resend`}>
      <CsrfField token={view.page.csrfToken} />
      <input type="hidden" name="back" value={isList ? 'list' : orderNumber} />
      <Button kind="secondary" small aria-label={words.resendOf(orderNumber)}>
        {words.resend}
      </Button>
    </form>
  )
}

export const ResentNote = ({ view }: { view: StaffView }) => {
  const words = noticesTexts(view.language).resent
  return (
    <Note tone="ok" title={words.title} announce>
      {words.text}
    </Note>
  )
}

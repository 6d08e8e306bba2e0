import type { Language } from '#shared/texts.ts'
import { normalId } from '#shared/normal-id.ts'
import type { Form, Mistakes } from '../form.ts'
import { membersTexts } from './texts.ts'

export interface Second {
  staffId: string
  password: string
}

/** What a second approver typed; a mistake by field where it is needed and missing, or one's own. */
export const readSecond = (
  form: Form,
  { own, language, isNeeded }: { own: string; language: Language; isNeeded: boolean },
): { second: Second | undefined; mistakes: Mistakes } => {
  if (!isNeeded) return { second: undefined, mistakes: {} }
  const words = membersTexts(language).mistakes
  const staffId = (form.secondId ?? '').trim().slice(0, 60)
  const password = form.secondPassword ?? ''
  const mistakes: Mistakes = {
    ...(staffId === '' ? { secondId: words.secondId } : {}),
    ...(normalId(staffId) === normalId(own) ? { secondId: words.secondSelf } : {}),
    ...(password === '' || password.length > 200 ? { secondPassword: words.secondPassword } : {}),
  }
  return { second: { staffId, password }, mistakes }
}

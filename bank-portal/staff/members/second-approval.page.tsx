import { Field, fieldId } from '#shared/ui/index.ts'
import type { StaffView } from '../layout.tsx'
import type { Mistakes } from '../form.ts'
import { staffTexts } from '../texts.ts'
import { membersTexts } from './texts.ts'

export interface SecondApprovalProps {
  view: StaffView
  /** Two such forms may stand on one page. */
  prefix: string
  mistakes: Mistakes
  secondId?: string | undefined
  /** Only needed for what an approver's role is given by. */
  optional: boolean
}

/** Where the second approver types, in a form that the first one sends. */
export const SecondApprovalFields = ({
  view,
  prefix,
  mistakes,
  secondId,
  optional,
}: SecondApprovalProps) => {
  const { language } = view
  const common = staffTexts(language)
  const words = membersTexts(language).second
  const mark = optional ? { optional: language } : {}
  return (
    <fieldset class="field">
      <legend class="field-label">{words.title}</legend>
      <p class="field-hint">{words.text}</p>
      {optional && <p class="field-hint">{words.only}</p>}
      <div class="form">
        <Field
          id={fieldId(`${prefix}-secondId`)}
          name="secondId"
          label={common.secondId}
          value={secondId}
          error={mistakes.secondId}
          autocomplete="off"
          maxlength={60}
          width="m"
          {...mark}
        />
        <Field
          id={fieldId(`${prefix}-secondPassword`)}
          name="secondPassword"
          label={common.secondPassword}
          type="password"
          error={mistakes.secondPassword}
          // A colleague types it: nothing that this browser has stored is filled in.
          autocomplete="new-password"
          maxlength={200}
          width="m"
          {...mark}
        />
      </div>
    </fieldset>
  )
}

const own = ['secondId', 'secondPassword']

/** Mistakes for `ErrorSummary`, those of the second approval leading to the fields with that prefix. */
export const withPrefix = (mistakes: Mistakes, prefix: string) =>
  Object.entries(mistakes).map(([name, message]) => ({
    name: own.includes(name) ? `${prefix}-${name}` : name,
    message,
  }))

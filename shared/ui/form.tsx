import type { PropsWithChildren } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { Icon } from './icon.tsx'
import { kitTexts } from './texts.ts'

/** The hidden token that every posting form carries; from `c.var.csrfToken`. */
export const CsrfField = ({ token }: { token: string }) => (
  <input type="hidden" name="_csrf" value={token} />
)

export const fieldId = (name: string): string => `field-${name.replaceAll(/[^\w-]/g, '-')}`

interface Labelled {
  name: string
  /** When two forms of a page have a field of this name; `ErrorSummary` leads to the default. */
  id?: string | undefined
  label: string
  hint?: string | undefined
  error?: string | undefined
  /** Set to mark the field "optional"; fields are required otherwise. */
  optional?: Language | undefined
}

const idOf = ({ id, name }: Labelled) => id ?? fieldId(name)

const described = (field: Labelled) => {
  const ids = [field.hint && `${idOf(field)}-hint`, field.error && `${idOf(field)}-error`].filter(
    Boolean,
  )
  return ids.length ? ids.join(' ') : undefined
}

const Label = (field: Labelled) => (
  <label class="field-label" for={idOf(field)}>
    {field.label}
    {field.optional && <span class="field-optional"> {kitTexts(field.optional).optional}</span>}
  </label>
)

const Hints = (field: Labelled) => (
  <>
    {field.hint && (
      <p class="field-hint" id={`${idOf(field)}-hint`}>
        {field.hint}
      </p>
    )}
    {field.error && (
      <p class="field-error" id={`${idOf(field)}-error`}>
        <Icon name="warn" />
        {field.error}
      </p>
    )}
  </>
)

export type FieldProps = Labelled & {
  type?: 'text' | 'password' | 'email' | 'tel' | 'date' | 'search' | 'number' | 'url'
  value?: string | undefined
  autocomplete?: string
  inputmode?: 'numeric' | 'decimal' | 'tel' | 'email' | 'text'
  maxlength?: number
  placeholder?: string
  /** Digits the value has: the box is drawn as wide as its content. */
  width?: 'xs' | 's' | 'm' | 'full'
  autofocus?: boolean
  readonly?: boolean
  /** A word after the box, "yen". */
  unit?: string
  min?: string
  max?: string
  /** False for what is searched by: nothing of it must be filled in, and no mark says so. */
  required?: boolean
}

/** Label, hint, box and error of one input. */
export const Field = ({
  name,
  id,
  label,
  hint,
  error,
  optional,
  type = 'text',
  width = 'full',
  unit,
  value,
  required = !optional,
  ...rest
}: FieldProps) => {
  const words = { name, id, label, hint, error, optional }
  const input = (
    <input
      id={idOf(words)}
      name={name}
      type={type}
      class={`input is-${width}`}
      value={value}
      required={required}
      aria-invalid={error ? 'true' : undefined}
      aria-describedby={described(words)}
      {...rest}
    />
  )
  return (
    <div class={error ? 'field has-error' : 'field'}>
      <Label {...words} />
      <Hints {...words} />
      {unit ? (
        <span class="input-with-unit">
          {input}
          <span>{unit}</span>
        </span>
      ) : (
        input
      )}
    </div>
  )
}

export interface Choice {
  value: string
  label: string
  hint?: string
  disabled?: boolean
}

export const SelectField = ({
  choices,
  value,
  ...words
}: Labelled & { choices: readonly Choice[]; value?: string | undefined }) => (
  <div class={words.error ? 'field has-error' : 'field'}>
    <Label {...words} />
    <Hints {...words} />
    <select
      id={idOf(words)}
      name={words.name}
      class="input"
      aria-invalid={words.error ? 'true' : undefined}
      aria-describedby={described(words)}
    >
      {choices.map((choice) => (
        <option value={choice.value} selected={choice.value === value} disabled={choice.disabled}>
          {choice.label}
        </option>
      ))}
    </select>
  </div>
)

export const TextAreaField = ({
  value,
  rows = 4,
  maxlength,
  ...words
}: Labelled & { value?: string | undefined; rows?: number; maxlength?: number }) => (
  <div class={words.error ? 'field has-error' : 'field'}>
    <Label {...words} />
    <Hints {...words} />
    <textarea
      id={idOf(words)}
      name={words.name}
      class="input"
      rows={rows}
      maxlength={maxlength}
      aria-invalid={words.error ? 'true' : undefined}
      aria-describedby={described(words)}
    >
      {value}
    </textarea>
  </div>
)

/** One choice of several, each a line to tap. */
export const RadioField = ({
  choices,
  value,
  ...words
}: Labelled & { choices: readonly Choice[]; value?: string | undefined }) => (
  <fieldset
    class={words.error ? 'field has-error' : 'field'}
    id={idOf(words)}
    aria-describedby={described(words)}
  >
    <legend class="field-label">{words.label}</legend>
    <Hints {...words} />
    {choices.map((choice) => (
      <label class="choice">
        <input
          type="radio"
          name={words.name}
          value={choice.value}
          checked={choice.value === value}
          disabled={choice.disabled}
        />
        <span>
          {choice.label}
          {choice.hint && <span class="choice-hint">{choice.hint}</span>}
        </span>
      </label>
    ))}
  </fieldset>
)

/** Several choices of several, each a line to tap. */
export const ChecksField = ({
  choices,
  values,
  ...words
}: Labelled & { choices: readonly Choice[]; values: readonly string[] }) => (
  <fieldset
    class={words.error ? 'field has-error' : 'field'}
    id={idOf(words)}
    aria-describedby={described(words)}
  >
    <legend class="field-label">{words.label}</legend>
    <Hints {...words} />
    {choices.map((choice) => (
      <label class="choice">
        <input
          type="checkbox"
          name={words.name}
          value={choice.value}
          checked={values.includes(choice.value)}
          disabled={choice.disabled}
        />
        <span>
          {choice.label}
          {choice.hint && <span class="choice-hint">{choice.hint}</span>}
        </span>
      </label>
    ))}
  </fieldset>
)

export const CheckField = ({
  name,
  value = 'on',
  checked = false,
  error,
  children,
}: PropsWithChildren<{ name: string; value?: string; checked?: boolean; error?: string }>) => (
  <div class={error ? 'field has-error' : 'field'}>
    <Hints name={name} label="" error={error} />
    <label class="choice">
      <input
        id={fieldId(name)}
        type="checkbox"
        name={name}
        value={value}
        checked={checked}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${fieldId(name)}-error` : undefined}
      />
      <span>{children}</span>
    </label>
  </div>
)

export interface FieldMistake {
  name: string
  message: string
}

/** All mistakes of a form above it, each leading to its field. Nothing when there are none. */
export const ErrorSummary = ({
  errors,
  language,
  takesFocus = true,
}: {
  errors: readonly FieldMistake[]
  language: Language
  /** False in a fragment that answers while somebody types: it must not pull them out of the next field. */
  takesFocus?: boolean
}) =>
  errors.length === 0 ? null : (
    <div class="note is-bad error-summary" role="alert" tabindex={-1} autofocus={takesFocus}>
      <Icon name="warn" />
      <div>
        <p class="note-title">{kitTexts(language).errorsHeading(errors.length)}</p>
        <ul>
          {errors.map(({ name, message }) => (
            <li>
              <a href={`#${fieldId(name)}`}>{message}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )

export type ToolsProps = {
  language: Language
  action?: string
  search?: { name: string; label: string; value?: string; placeholder?: string }
  sort?: { name: string; label: string; value?: string; choices: readonly Choice[] }
  /** Other parameters that stay as they are. */
  keep?: Record<string, string>
  /** hx-* attributes go to the form. */
  [attribute: `hx-${string}`]: string | undefined
}

/** Search box and order of a list: a GET form, whose button shows only where scripts don't run. */
export const Tools = ({ language, action, search, sort, keep = {}, ...rest }: ToolsProps) => (
  <form class="tools" method="get" action={action} role="search" {...rest}>
    {Object.entries(keep).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    {search && (
      <span class="search-box">
        <Icon name="search" />
        <input
          class="input"
          type="search"
          name={search.name}
          value={search.value}
          placeholder={search.placeholder ?? search.label}
          aria-label={search.label}
          autocomplete="off"
        />
      </span>
    )}
    {sort && (
      <select class="input" name={sort.name} aria-label={sort.label}>
        {sort.choices.map((choice) => (
          <option value={choice.value} selected={choice.value === sort.value}>
            {choice.label}
          </option>
        ))}
      </select>
    )}
    <button class="button is-secondary tools-go" type="submit">
      {kitTexts(language).search}
    </button>
  </form>
)

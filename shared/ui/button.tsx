import type { PropsWithChildren } from 'hono/jsx'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

export type ButtonProps = PropsWithChildren<{
  kind?: ButtonKind
  /** A link that looks like a button: for going somewhere, not for doing. */
  href?: string
  type?: 'submit' | 'button'
  name?: string
  value?: string
  /** As wide as its place. */
  wide?: boolean
  small?: boolean
  disabled?: boolean
  /** Where this button sends its form, when not to the form's own action. */
  formaction?: string
  form?: string
  /** hx-* attributes and the like go to the element. */
  [attribute: `hx-${string}` | `aria-${string}` | `data-${string}`]: string | undefined
}>

export const Button = ({
  kind = 'primary',
  href,
  type = 'submit',
  wide = false,
  small = false,
  children,
  ...rest
}: ButtonProps) => {
  const look = `button is-${kind}${wide ? ' is-wide' : ''}${small ? ' is-small' : ''}`
  if (href !== undefined) {
    return (
      <a class={look} href={href} {...rest}>
        <span>{children}</span>
      </a>
    )
  }
  return (
    <button class={look} type={type} {...rest}>
      <span>{children}</span>
    </button>
  )
}

/** A row of buttons, the main one first; on a phone each has the whole width. */
export const Actions = ({ children }: PropsWithChildren) => <div class="actions">{children}</div>

export interface Tab {
  href: string
  label: string
  current?: boolean
  /** Shown as a small number after the label. */
  count?: number
}

export interface TabsProps {
  /** Read out before the tabs: "Lists". */
  label: string
  tabs: readonly Tab[]
  id?: string
  /** hx-* attributes go to the element. */
  [attribute: `hx-${string}`]: string | undefined
}

/** Views of one page, each with its own address. */
export const Tabs = ({ label, tabs, ...rest }: TabsProps) => (
  <nav class="tabs" aria-label={label} {...rest}>
    {tabs.map(({ href, label: name, current, count }) => (
      <a href={href} aria-current={current ? 'page' : undefined}>
        {name}
        {count === undefined ? null : <span class="tab-count">{count}</span>}
      </a>
    ))}
  </nav>
)

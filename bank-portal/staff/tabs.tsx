import type { Language } from '#shared/texts.ts'
import { staffTexts } from './texts.ts'

const groups = {
  desk: {
    inDoubt: '/staff/in-doubt',
    exceptions: '/staff/exceptions',
    mails: '/staff/mails',
    reports: '/staff/reports',
    reconciliations: '/staff/reconciliations',
  },
  tariff: { fees: '/staff/fees', holidays: '/staff/holidays' },
} as const

type Group = keyof typeof groups
export type Tab = keyof (typeof groups)['desk'] | keyof (typeof groups)['tariff']

/** The lists that belong together: the one that is shown, and the ways to the others. */
export const Tabs = ({
  group,
  current,
  language,
}: {
  group: Group
  current: Tab
  language: Language
}) => {
  const words = staffTexts(language)
  return (
    <nav class="tabs" aria-label={words.nav[group]}>
      {Object.entries(groups[group]).map(([name, href]) => (
        <a href={href} aria-current={name === current ? 'page' : undefined}>
          {words.tabs[name as Tab]}
        </a>
      ))}
    </nav>
  )
}

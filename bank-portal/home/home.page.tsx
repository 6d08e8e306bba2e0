import {
  Actions,
  Amount,
  Button,
  Card,
  ClaimRow,
  GroupHeading,
  Note,
  PageTitle,
  Rows,
} from '#shared/ui/index.ts'
import { ToPayRow } from '../claims/rows.page.tsx'
import { customerName, PortalPage, type View } from '../layout.tsx'
import { sumsOf, sumWords } from '../names.ts'
import type { HomeOverview } from './show-home.ts'
import { homeTexts } from './texts.ts'

export interface HomePageProps extends HomeOverview {
  view: View
}

const nextRows = 3

const Due = ({ view, list }: HomePageProps) => {
  const { language } = view
  const words = homeTexts(language)
  const count = list.totals.reduce((sum, total) => sum + total.count, 0)
  const next = list.claims.filter((claim) => claim.payable).slice(0, nextRows)
  return (
    <>
      <Card title={count === 0 ? words.toPay : words.toPaySum(count)}>
        {count === 0 && <p class="soft">{words.nothing}</p>}
        {list.totals.map(({ amountMinor, currency }) => (
          <Amount amount={amountMinor} currency={currency} language={language} />
        ))}
        {count > 0 && (
          <Actions>
            <Button href="/claims">{words.all}</Button>
          </Actions>
        )}
      </Card>
      {next.length > 0 && (
        <section>
          <GroupHeading title={words.next} />
          <Rows label={words.next}>
            {next.map((claim) => (
              <ToPayRow view={view} claim={claim} today={list.today} />
            ))}
          </Rows>
        </section>
      )}
    </>
  )
}

const Menu = ({ view, accounts }: HomePageProps) => {
  const { language } = view
  const words = homeTexts(language)
  const sums =
    accounts && sumsOf(accounts.map((one) => ({ ...one, amountMinor: one.balanceMinor })))
  return (
    <section>
      <GroupHeading title={words.menu} />
      <Rows label={words.menu}>
        <ClaimRow
          id="menu-paid"
          payee={words.paid}
          initial="✓"
          description={words.paidText}
          amount=""
          href="/paid"
        />
        <ClaimRow
          id="menu-accounts"
          payee={words.accounts}
          initial={language === 'ja' ? '円' : '¥'}
          description={sums ? words.accountsText : words.away}
          amount={sums ? sumWords(sums, language) : ''}
          href="/accounts"
        />
        <ClaimRow
          id="menu-billers"
          payee={words.billers}
          initial={language === 'ja' ? '水' : '≈'}
          description={words.billersText}
          amount=""
          href="/billers"
        />
        <ClaimRow
          id="menu-choices"
          payee={words.choices}
          initial="⚙"
          description={words.choicesText}
          amount=""
          href="/accounts/choices"
        />
      </Rows>
    </section>
  )
}

/** On the screen right after sign-in: limits, new claims, payments in progress (Fig. 17). */
const Notices = ({ view, summary }: HomePageProps) => {
  const words = homeTexts(view.language)
  const { limitToday, nearLimit, inProgress } = summary
  const fresh = summary.new
  const near = limitToday > 0 ? words.limitToday(limitToday, nearLimit) : words.nearLimit(nearLimit)
  return (
    <>
      {nearLimit > 0 && (
        <Note tone="warn">
          {near} <a href="/claims?filter=near-limit">{words.see(nearLimit)}</a>
        </Note>
      )}
      {fresh > 0 && (
        <Note tone="ok">
          {words.newClaims(fresh)} <a href="/claims?filter=new">{words.see(fresh)}</a>
        </Note>
      )}
      {inProgress > 0 && <Note>{words.inProgress(inProgress)}</Note>}
    </>
  )
}

/** The member menu: what is due soon first, then the ways to everything else. */
export const HomePage = (props: HomePageProps) => {
  const { view } = props
  const words = homeTexts(view.language)
  const name = view.customer ? customerName(view.customer, view.language) : ''
  return (
    <PortalPage view={view} title={words.windowTitle} section="home" width="narrow">
      <div class="stack">
        <PageTitle title={words.title(name)} />
        <Notices {...props} />
        <Due {...props} />
        <Menu {...props} />
      </div>
    </PortalPage>
  )
}

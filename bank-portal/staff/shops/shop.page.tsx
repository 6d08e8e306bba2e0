import {
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  KeyValues,
  Moment,
  Note,
  PageTitle,
} from '#shared/ui/index.ts'
import { safeLink } from '../../safe-link.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { AccountWords } from '../names.tsx'
import { listMistakes, type Mistakes } from '../read-form.ts'
import { wordFor } from '../record.texts.ts'
import { isApprover } from '../staff-deps.ts'
import { staffTexts } from '../texts.ts'
import type { Shop } from './find-shop.ts'
import { ShopChip, shopName } from './shops.page.tsx'
import { shopsTexts } from './texts.ts'

export type Decision = 'approve' | 'suspend' | 'reinstate'

/** What can be decided about a shop in that state. */
export const decisionFor: Record<Shop['status'], Decision> = {
  waiting: 'approve',
  live: 'suspend',
  suspended: 'reinstate',
}

export interface ShopPageProps {
  view: StaffView
  shop: Shop
  /** Decided just now. */
  done?: Decision | undefined
  /** Somebody else was faster. */
  isStale?: boolean
  reason?: string
  mistakes?: Mistakes
}

const Facts = ({ view, shop }: ShopPageProps) => {
  const { language, timeZone } = view
  const words = shopsTexts(language)
  const site = safeLink(shop.website)
  return (
    <Card title={words.facts}>
      <KeyValues
        items={[
          {
            label: staffTexts(language).status,
            value: <ShopChip view={view} status={shop.status} />,
          },
          { label: words.columns.name, value: shop.name },
          ...(shop.nameJa ? [{ label: words.japanese, value: shop.nameJa }] : []),
          { label: words.kind, value: wordFor('shopKinds', shop.kind, language) },
          {
            label: words.mail,
            value: <a href={`mailto:${shop.mailAddress}`}>{shop.mailAddress}</a>,
          },
          ...(shop.phone ? [{ label: words.phone, value: shop.phone }] : []),
          ...(site
            ? [
                {
                  label: words.website,
                  value: (
                    <a href={site} rel="noopener noreferrer">
                      {site}
                    </a>
                  ),
                },
              ]
            : []),
          {
            label: words.signedUp,
            value: <Moment at={shop.createdAt} timeZone={timeZone} language={language} />,
          },
          { label: words.id, value: <code>{shop.shopId}</code> },
        ]}
      />
      <p>
        <a href={`/staff/claims?${new URLSearchParams({ shop: shop.name })}`}>{words.claims}</a>
      </p>
    </Card>
  )
}

const Accounts = ({ view, shop }: ShopPageProps) => {
  const { language } = view
  const words = shopsTexts(language)
  return (
    <Card title={words.accounts}>
      {shop.accounts.length === 0 ? (
        <Note tone="warn">{words.noAccounts}</Note>
      ) : (
        <>
          <p class="soft">{words.accountsText}</p>
          <KeyValues
            items={shop.accounts.map(({ account, holder }) => ({
              label: holder,
              value: <AccountWords account={account} language={language} />,
            }))}
          />
        </>
      )}
    </Card>
  )
}

const Decide = ({ view, shop, reason, mistakes = {} }: ShopPageProps) => {
  const { language, member } = view
  const words = shopsTexts(language)
  const decision = decisionFor[shop.status]
  const said = words.decide[decision]
  if (!member || !isApprover(member)) return <Note>{words.onlyApprovers}</Note>
  return (
    <Card title={said.title}>
      <p class="soft">{said.text}</p>
      <form method="post" action={`/staff/shops/${shop.shopId}/decision`} class="form" novalidate>
        <ErrorSummary errors={listMistakes(mistakes)} language={language} />
        <CsrfField token={view.page.csrfToken} />
        <input type="hidden" name="decision" value={decision} />
        <Field
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          error={mistakes.reason}
          maxlength={200}
          autocomplete="off"
        />
        <Button kind={decision === 'suspend' ? 'danger' : 'primary'}>{said.submit}</Button>
      </form>
    </Card>
  )
}

/** One shop: what it signed up with, its accounts, and what an approver can decide. */
export const ShopPage = (props: ShopPageProps) => {
  const { view, shop, done, isStale, mistakes = {} } = props
  const words = shopsTexts(view.language)
  const name = shopName(shop, view)
  return (
    <StaffPage
      view={view}
      title={name}
      section="shops"
      width="narrow"
      hasErrors={Object.keys(mistakes).length > 0}
    >
      <PageTitle title={name} back={{ href: '/staff/shops', label: words.back }} />
      {done && (
        <Note tone="ok" announce>
          {words.decide[done].done}
        </Note>
      )}
      {isStale && (
        <Note tone="warn" title={words.stale.title} announce>
          {words.stale.text}
        </Note>
      )}
      <Facts {...props} />
      <Accounts {...props} />
      <Decide {...props} />
    </StaffPage>
  )
}

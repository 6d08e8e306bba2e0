import {
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  fieldId,
  KeyValues,
  Moment,
  Note,
  PageTitle,
} from '#shared/ui/index.ts'
import { safeLink } from '../../safe-link.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { AccountWords, shopPath } from '../names.tsx'
import { listMistakes, type Mistakes } from '../form.ts'
import { wordFor } from '../record.texts.ts'
import { isApprover } from '../staff-deps.ts'
import { staffTexts } from '../texts.ts'
import type { Shop } from './find-shop.ts'
import { ShopChip, shopName } from './shops.page.tsx'
import { shopsTexts } from './texts.ts'

export type Decision = 'approve' | 'suspend' | 'reinstate'

/** What can be decided about a shop in that state. */
const decisionFor: Record<Shop['status'], Decision> = {
  waiting: 'approve',
  live: 'suspend',
  suspended: 'reinstate',
}

export interface ShopPageProps {
  view: StaffView
  shop: Shop
  /** A new password was asked for, and the shop has no login. */
  noLogin?: boolean
  /** Which of the page's two forms `reason` and `mistakes` are of. */
  form?: 'decision' | 'password'
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

const Decide = ({ view, shop, form, ...typed }: ShopPageProps) => {
  const { reason, mistakes = {} } = form === 'password' ? {} : typed
  const { language, member } = view
  const words = shopsTexts(language)
  const decision = decisionFor[shop.status]
  const said = words.decide[decision]
  if (!member || !isApprover(member)) return <Note>{words.onlyApprovers}</Note>
  return (
    <Card title={said.title}>
      <p class="soft">{said.text}</p>
      <form method="post" action={`${shopPath(shop.shopId)}/decision`} class="form" novalidate>
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

/** Two forms of the page ask for a reason. */
const passwordReason = 'password-reason'

const NewPassword = ({ view, shop, form, noLogin, ...typed }: ShopPageProps) => {
  const { language, member } = view
  const words = shopsTexts(language)
  const { reason, mistakes = {} } = form === 'password' ? typed : {}
  if (!member || !isApprover(member)) return null
  return (
    <Card title={words.password.title} id="password">
      <p class="soft">{words.password.text}</p>
      {noLogin && (
        <Note tone="warn" announce>
          {words.password.noLogin}
        </Note>
      )}
      <form method="post" action={`${shopPath(shop.shopId)}/password`} class="form" novalidate>
        <ErrorSummary
          errors={mistakes.reason ? [{ name: passwordReason, message: mistakes.reason }] : []}
          language={language}
        />
        <CsrfField token={view.page.csrfToken} />
        <Field
          name="reason"
          id={fieldId(passwordReason)}
          label={words.reason}
          hint={words.reasonHint}
          value={reason}
          error={mistakes.reason}
          maxlength={200}
          autocomplete="off"
        />
        <Button kind="secondary">{words.password.submit}</Button>
      </form>
    </Card>
  )
}

/** The one time that a shop's new password is shown. */
export const ShopPasswordPage = ({
  view,
  shop,
  login,
}: {
  view: StaffView
  shop: Shop
  login: { signInId: string; password: string }
}) => {
  const words = shopsTexts(view.language).password
  const title = words.made(shopName(shop, view))
  return (
    <StaffPage view={view} title={title} section="shops" width="narrow">
      <PageTitle title={title} />
      <Card>
        <p>{words.once}</p>
        <KeyValues
          items={[
            { label: words.signInId, value: <code>{login.signInId}</code> },
            { label: words.password, value: <code>{login.password}</code> },
          ]}
        />
        <Button href={shopPath(shop.shopId)}>{words.done}</Button>
      </Card>
    </StaffPage>
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
      <NewPassword {...props} />
    </StaffPage>
  )
}

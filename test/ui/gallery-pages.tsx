import type { Child } from 'hono/jsx'
import {
  AccountCard,
  AdvertLine,
  BackLink,
  Amount,
  Button,
  Card,
  Chip,
  ClaimRow,
  CsrfField,
  Decision,
  EmptyState,
  ErrorPage,
  ErrorSummary,
  Field,
  GroupHeading,
  Items,
  Moment,
  Money,
  Note,
  Outcome,
  PageTitle,
  Pager,
  PaymentRecord,
  Rows,
  SignInCard,
  Split,
  Steps,
  TimeLimit,
  Tools,
  Totals,
} from '#shared/ui/index.ts'
import { kitTexts } from '#shared/ui/texts.ts'
import type { Language } from '#shared/texts.ts'
import type { PageContext } from '#shared/web/index.ts'
import { consolePage, partsPage } from './gallery-console.tsx'

export interface GalleryPage {
  title: (language: Language) => string
  width: 'narrow' | 'normal' | 'wide'
  signedOut?: boolean
  hasErrors?: boolean
  body: (page: PageContext, query: URLSearchParams) => Child
}

const today = '2026-11-23'
const timeZone = 'Asia/Tokyo'
const zero = 0n

interface SampleClaim {
  id: string
  payee: [string, string]
  text: [string, string]
  reference: string
  amount: bigint
  limit: string
  isNew?: boolean
  busy?: boolean
}

const claims: SampleClaim[] = [
  {
    id: 'c1',
    payee: ['Shop C Furniture', 'ショップC 家具'],
    text: ['Oak side table', 'オークのサイドテーブル'],
    reference: '7Q4M-2K9P-X',
    amount: 8400n,
    limit: '2026-11-23',
  },
  {
    id: 'c2',
    payee: ['Shop A Shoes', 'ショップA 靴'],
    text: ['A pair of shoes, size 24', '靴 一足（24センチ）'],
    reference: '3F8T-Q1ZD-7',
    amount: 3150n,
    limit: '2026-11-25',
  },
  {
    id: 'c3',
    payee: ['Shop B Hats', 'ショップB 帽子'],
    text: ['Felt hat, navy', 'フェルト帽（紺）'],
    reference: '9XWK-4R2M-1',
    amount: 2100n,
    limit: '2026-11-27',
  },
  {
    id: 'c4',
    payee: ['Nagi Books', '凪書店'],
    text: ['Two paperbacks', '文庫本 2冊'],
    reference: '1HV6-B8EN-C',
    amount: 2980n,
    limit: '2026-11-28',
    busy: true,
  },
  {
    id: 'c5',
    payee: ['Minato Waterworks', 'みなと市水道局'],
    text: ['October and November, meter 40-118', '水道料金 10月・11月分（メーター 40-118）'],
    reference: '6TRC-0J5A-G',
    amount: 5000n,
    limit: '2026-11-29',
    isNew: true,
  },
  {
    id: 'c6',
    payee: ['Kumo Telecom', 'クモテレコム'],
    text: ['Mobile, November', '携帯電話料金 11月分'],
    reference: '8ZNP-5D7Y-2',
    amount: 4850n,
    limit: '2026-12-15',
  },
]

const accounts = [
  {
    number: '4471',
    title: ['Savings, Harbour branch', '貯蓄預金 港支店'],
    balance: 358900n,
    fee: 0n,
  },
  {
    number: '0926',
    title: ['Current, Station branch', '当座預金 駅前支店'],
    balance: 132651n,
    fee: 110n,
  },
  {
    number: '3310',
    title: ['Travel, Station branch', '普通預金（旅行）駅前支店'],
    balance: 1200n,
    fee: 110n,
  },
] as const

const pick = (language: Language, en: string, ja: string) => (language === 'ja' ? ja : en)
const of = (language: Language, pair: readonly [string, string]) => pick(language, pair[0], pair[1])
const yen = (amount: bigint, language: Language) => (
  <Money amount={amount} currency="JPY" language={language} />
)

const Claim = ({
  claim,
  language,
  ticked,
}: {
  claim: SampleClaim
  language: Language
  ticked: readonly string[]
}) => (
  <ClaimRow
    id={claim.id}
    payee={of(language, claim.payee)}
    description={of(language, claim.text)}
    reference={claim.reference}
    amount={yen(claim.amount, language)}
    below={<TimeLimit limit={claim.limit} today={today} language={language} />}
    busy={claim.busy ?? false}
    {...(claim.busy
      ? {
          chips: (
            <Chip tone="warn" busy>
              {pick(language, 'payment in progress since 10:04', '10:04より処理中')}
            </Chip>
          ),
        }
      : {
          select: { name: 'claim', value: claim.id, checked: ticked.includes(claim.id) },
          ...(claim.isNew ? { chips: <Chip tone="ok">{pick(language, 'new', '新着')}</Chip> } : {}),
        })}
  />
)

const groups = (language: Language) => [
  { title: pick(language, 'Today', '本日まで'), claims: claims.slice(0, 1) },
  { title: pick(language, 'This week', '今週'), claims: claims.slice(1, 5) },
  { title: pick(language, 'Later', 'それ以降'), claims: claims.slice(5) },
]

const sum = (of: readonly SampleClaim[]) => of.reduce((total, one) => total + one.amount, zero)

export const ListDecision = ({
  language,
  claims: ticked,
  account,
}: {
  language: Language
  claims: readonly string[]
  account: string
}) => {
  const chosen = claims.filter(({ id }) => ticked.includes(id))
  const amount = sum(chosen)
  const from = accounts.find(({ number }) => number === account) ?? accounts[0]
  const total = amount + from.fee
  const count = chosen.length
  return (
    <Decision
      id="decision"
      title={pick(language, `Pay ${count} claims from`, `${count}件のお支払い口座`)}
      accounts={accounts.map(({ number, title, balance, fee }, index) => {
        const left = balance - amount - fee
        return (
          <AccountCard
            name="account"
            value={number}
            checked={number === from.number}
            title={of(language, title)}
            number={`•••• ${number}`}
            balance={yen(balance, language)}
            fee={
              <>
                {pick(language, 'fee ', '手数料 ')}
                {yen(fee, language)}
              </>
            }
            {...(index === 0 ? { tag: pick(language, 'lowest fee', '手数料最安') } : {})}
            {...(left < zero
              ? {
                  short: (
                    <>
                      {pick(language, 'short by ', '残高不足 ')}
                      {yen(-left, language)}
                    </>
                  ),
                }
              : {
                  after: {
                    label: pick(language, 'after this payment', 'お支払い後の残高'),
                    value: yen(left, language),
                  },
                })}
          />
        )
      })}
      chosen={{
        label: pick(language, 'Pay from', 'お支払い口座'),
        value: `${of(language, from.title).split(/[, ]/)[0]} •••• ${from.number}`,
        close: pick(language, 'Use this account', 'この口座にする'),
      }}
      brief={
        <>
          {pick(language, `${count} claims · fee `, `${count}件・手数料 `)}
          {yen(from.fee, language)}
        </>
      }
      total={yen(total, language)}
      totals={
        <Totals
          items={[
            {
              label: pick(language, `${count} claims, ${count} payees`, `${count}件（${count}社）`),
              value: yen(amount, language),
            },
            { label: pick(language, 'Fee', '手数料'), value: yen(from.fee, language) },
            { label: pick(language, 'Total', '合計'), value: yen(total, language), total: true },
          ]}
        />
      }
      actions={
        <>
          <Button>
            {pick(language, 'Check and pay ', '確認へ進む ')}
            {yen(total, language)}
          </Button>
          <Button kind="quiet" name="later" value="1">
            {pick(language, 'Not now', '今は支払わない')}
          </Button>
        </>
      }
    />
  )
}

const listPage = ({ language, csrfToken }: PageContext, query: URLSearchParams) => {
  const ticked = query.has('claim') ? query.getAll('claim') : ['c2', 'c3']
  return (
    <form
      method="post"
      action="/confirm"
      hx-get="/list/decision"
      hx-trigger="change"
      hx-target="#decision"
      hx-swap="outerMorph"
    >
      <CsrfField token={csrfToken} />
      <Split>
        <div>
          <PageTitle title={pick(language, 'To pay', 'お支払い')}>
            <b>
              {pick(language, '6 claims, ', '6件 ')}
              {yen(sum(claims), language)}
            </b>
            {pick(language, ' from 6 shops and billers', '（6社からのご請求）')}
          </PageTitle>
          <div class="stack">
            <Note tone="warn">
              <p>
                {pick(
                  language,
                  'One claim reaches its time limit today. After midnight the shop may withdraw the goods.',
                  '本日が期限のご請求が1件あります。期限を過ぎると、お店が商品のお取り置きを終了することがあります。',
                )}
              </p>
            </Note>
          </div>
          {groups(language).map((group) => (
            <>
              <GroupHeading title={group.title} sum={yen(sum(group.claims), language)} />
              <Rows label={group.title}>
                {group.claims.map((claim) => (
                  <Claim claim={claim} language={language} ticked={ticked} />
                ))}
              </Rows>
            </>
          ))}
          <AdvertLine
            language={language}
            href="/parts"
            link={pick(language, 'See it', '見る')}
            reason={pick(language, 'shoes', '靴')}
          >
            {pick(
              language,
              'Shoe care set, 980 yen at Tama Leather.',
              '靴のお手入れセット 980円（多摩レザー）',
            )}
          </AdvertLine>
        </div>
        <ListDecision
          language={language}
          claims={ticked}
          account={query.get('account') ?? '4471'}
        />
      </Split>
    </form>
  )
}

const paidPage = ({ language }: PageContext) => (
  <>
    <PageTitle title={pick(language, 'Paid', '支払済み')}>
      {pick(language, 'Newest first', '新しい順')}
    </PageTitle>
    <Tools
      language={language}
      search={{
        name: 'q',
        label: pick(language, 'Search shop, goods, order number', '店名・商品・注文番号で検索'),
      }}
      sort={{
        name: 'sort',
        label: pick(language, 'Order', '並び順'),
        choices: [
          { value: 'new', label: pick(language, 'Newest first', '新しい順') },
          { value: 'amount', label: pick(language, 'Largest first', '金額順') },
        ],
      }}
    />
    <GroupHeading
      title={pick(language, 'November 2026', '2026年11月')}
      sum={yen(13650n, language)}
    />
    <Rows>
      {claims.slice(0, 3).map((claim) => (
        <ClaimRow
          id={`p-${claim.id}`}
          payee={of(language, claim.payee)}
          description={of(language, claim.text)}
          reference={claim.reference}
          amount={yen(claim.amount, language)}
          below={pick(language, '21 Nov', '11月21日')}
          chips={
            claim.id === 'c3' ? (
              <Chip tone="info">{pick(language, 'refunded', '返金済み')}</Chip>
            ) : null
          }
          href="/record"
        />
      ))}
    </Rows>
    <Pager language={language} newer="/paid?before=x" older="/paid?after=y" />
  </>
)

const confirmPage = ({ language, csrfToken }: PageContext) => (
  <>
    <PageTitle
      title={pick(language, 'Check this payment', 'お支払い内容の確認')}
      back={{ href: '/list', label: pick(language, 'Back to the list', '一覧に戻る') }}
    />
    <ErrorSummary
      language={language}
      errors={[
        {
          name: 'password',
          message: pick(language, 'The password was not accepted', 'パスワードが正しくありません'),
        },
      ]}
    />
    <Card title={pick(language, '2 claims', 'お支払い 2件')}>
      <Items
        items={claims.slice(1, 3).map((claim) => ({
          title: of(language, claim.payee),
          text: `${of(language, claim.text)} · ${claim.reference}`,
          amount: yen(claim.amount, language),
        }))}
      />
      <Totals
        items={[
          {
            label: pick(language, 'From', 'お支払い口座'),
            value: pick(language, 'Savings, Harbour branch •••• 4471', '貯蓄預金 港支店 •••• 4471'),
          },
          { label: pick(language, 'Fee', '手数料'), value: yen(zero, language) },
          { label: pick(language, 'Total', '合計'), value: yen(5250n, language), total: true },
          {
            label: pick(language, 'Balance after', 'お支払い後の残高'),
            value: yen(353650n, language),
            quiet: true,
          },
        ]}
      />
    </Card>
    <Card>
      <form class="form" method="post" action="/result">
        <CsrfField token={csrfToken} />
        <Field
          name="password"
          type="password"
          width="m"
          autocomplete="current-password"
          label={pick(language, 'Password', 'パスワード')}
          hint={pick(
            language,
            'The one of your online banking.',
            'インターネットバンキングのパスワードをご入力ください。',
          )}
          error={pick(
            language,
            'The password was not accepted. 3 tries are left.',
            'パスワードが正しくありません。あと3回入力できます。',
          )}
        />
        <div class="actions">
          <Button>
            {pick(language, 'Pay ', '支払う ')}
            {yen(5250n, language)}
          </Button>
          <Button kind="secondary" href="/list">
            {pick(language, 'Not now', '今は支払わない')}
          </Button>
        </div>
      </form>
    </Card>
  </>
)

const resultPage = ({ language }: PageContext) => (
  <>
    <Outcome
      tone="ok"
      title={pick(language, 'Paid', 'お支払いが完了しました')}
      amount={<Amount amount={5250n} currency="JPY" language={language} />}
      actions={
        <>
          <Button href="/list">{pick(language, 'Pay more', '続けて支払う')}</Button>
          <Button kind="secondary" href="/record">
            {pick(language, 'Payment record', '支払記録を見る')}
          </Button>
          <Button kind="quiet" href="/">
            {pick(language, 'Finish', '終了する')}
          </Button>
        </>
      }
    >
      <p>{pick(language, 'Both shops have been told.', 'お支払い先にお知らせしました。')}</p>
    </Outcome>
    <Card title={pick(language, 'What is left', '残りのお支払い')}>
      <Totals
        items={[
          { label: pick(language, '4 claims to pay', '未払い 4件'), value: yen(21230n, language) },
          {
            label: pick(language, 'Savings •••• 4471', '貯蓄預金 •••• 4471'),
            value: yen(353650n, language),
          },
        ]}
      />
    </Card>
  </>
)

const doubtPage = ({ language }: PageContext) => (
  <Outcome
    tone="busy"
    live
    title={pick(
      language,
      'We are checking whether the payment was executed',
      'お支払いの結果を確認しています',
    )}
    actions={
      <>
        <Button kind="secondary" href="/list">
          {pick(language, 'To the list', '一覧へ')}
        </Button>
        <Button kind="quiet" href="/parts">
          {pick(language, 'Help', 'お困りのときは')}
        </Button>
      </>
    }
  >
    <p>
      {pick(
        language,
        'Do not pay again: these claims stay reserved. The result appears here and in your list.',
        'もう一度お支払いいただく必要はありません。対象のご請求は確保されています。結果はこの画面と一覧に表示されます。',
      )}
    </p>
    <p class="reference">
      {kitTexts(language).reference}: <code>0198c1d2-77aa</code>,{' '}
      {pick(language, 'since ', '開始 ')}
      <Moment
        at={new Date('2026-11-23T01:04:00Z')}
        timeZone={timeZone}
        language={language}
        timeOnly
      />
    </p>
  </Outcome>
)

const signInPage = ({ language, csrfToken }: PageContext) => (
  <>
    <Steps
      language={language}
      current={1}
      steps={
        language === 'ja' ? ['ご注文', 'ログイン', 'お申し込み'] : ['Order', 'Sign in', 'Accept']
      }
    />
    <SignInCard
      title={pick(language, 'Sign in', 'ログイン')}
      intro={
        <p>
          {pick(language, 'Shop A Shoes, ', 'ショップA 靴 ')}
          {yen(3150n, language)}
        </p>
      }
      foot={
        <p>
          {pick(
            language,
            'Your bank never asks for your password by mail or phone.',
            '当行がメールや電話でパスワードをお伺いすることはありません。',
          )}
        </p>
      }
    >
      <form method="post" action="/sign-in">
        <CsrfField token={csrfToken} />
        <div class="fields-line">
          <Field
            name="branch"
            label={pick(language, 'Branch', '支店番号')}
            hint={pick(language, '3 digits', '3桁')}
            width="xs"
            inputmode="numeric"
            maxlength={3}
          />
          <Field
            name="account"
            label={pick(language, 'Account number', '口座番号')}
            hint={pick(language, '7 digits', '7桁')}
            inputmode="numeric"
            maxlength={7}
          />
        </div>
        <Field
          name="password"
          type="password"
          label={pick(language, 'Password', 'パスワード')}
          autocomplete="current-password"
        />
        <Button wide>{pick(language, 'Sign in', 'ログイン')}</Button>
      </form>
    </SignInCard>
  </>
)

const recordPage = ({ language }: PageContext) => (
  <>
    <BackLink href="/paid" label={pick(language, 'Paid', '支払済み')} />
    <PaymentRecord
      language={language}
      title={pick(language, 'Payment record', '支払記録')}
      issuer={pick(language, 'Minato Bank', 'みなと銀行')}
      facts={[
        {
          label: pick(language, 'Number', '番号'),
          value: <code>0198c1d2-77aa-7c1e-9d5f-0a1b2c3d4e5f</code>,
        },
        {
          label: pick(language, 'Paid', 'お支払い日時'),
          value: (
            <Moment at={new Date('2026-11-23T01:04:00Z')} timeZone={timeZone} language={language} />
          ),
        },
        {
          label: pick(language, 'From', 'お支払い口座'),
          value: pick(
            language,
            'Haruka Sato, Savings, Harbour branch •••• 4471',
            '佐藤 はるか 様　貯蓄預金 港支店 •••• 4471',
          ),
        },
      ]}
      items={claims.slice(1, 3).map((claim) => ({
        title: of(language, claim.payee),
        text: `${of(language, claim.text)} · ${claim.reference}`,
        amount: yen(claim.amount, language),
      }))}
      totals={[
        { label: pick(language, 'Fee', '手数料'), value: yen(zero, language) },
        { label: pick(language, 'Total', '合計'), value: yen(5250n, language), total: true },
      ]}
      foot={
        <p>
          {pick(
            language,
            'This is a record of a payment, not an invoice.',
            'この書面はお支払いの記録であり、請求書・領収書ではありません。',
          )}
        </p>
      }
    />
  </>
)

const emptyPage = ({ language }: PageContext) => (
  <>
    <PageTitle title={pick(language, 'To pay', 'お支払い')} />
    <EmptyState
      icon="check"
      title={pick(language, 'Nothing to pay', 'お支払いが必要なものはありません')}
      actions={
        <Button kind="secondary" href="/paid">
          {pick(language, 'What you have paid', '支払済みの一覧')}
        </Button>
      }
    >
      <p>
        {pick(
          language,
          'New claims of your shops and billers appear here.',
          '新しいご請求が届くと、ここに表示されます。',
        )}
      </p>
    </EmptyState>
  </>
)

const errorPage = ({ language }: PageContext) => (
  <ErrorPage
    language={language}
    title={pick(language, 'Not possible at the moment', 'ただいまお取り扱いできません')}
    reference="4cd4db8d-13f5"
    actions={<Button href="/list">{pick(language, 'To the list', '一覧へ')}</Button>}
  >
    {pick(
      language,
      'Nothing was paid. Please try again in a few minutes.',
      'お支払いは行われていません。しばらくしてから、もう一度お試しください。',
    )}
  </ErrorPage>
)

const notPaidPage = ({ language }: PageContext) => (
  <Outcome
    tone="bad"
    title={pick(
      language,
      'Not paid: the balance is short by 4,160 yen',
      'お支払いできませんでした（残高不足 4,160円）',
    )}
    actions={<Button href="/list">{pick(language, 'Choose again', '選び直す')}</Button>}
  >
    <p>{pick(language, 'None of the 2 claims was paid.', '2件ともお支払いは行われていません。')}</p>
  </Outcome>
)

const home = ({ language }: PageContext) => (
  <ul>
    {Object.entries(galleryPages).map(([path, { title }]) => (
      <li>
        <a href={path}>{title(language)}</a>
      </li>
    ))}
  </ul>
)

export const galleryPages: Record<string, GalleryPage> = {
  '/': { title: () => 'Gallery', width: 'normal', body: home },
  '/list': { title: () => 'List', width: 'normal', body: listPage },
  '/paid': { title: () => 'Paid', width: 'normal', body: paidPage },
  '/confirm': { title: () => 'Confirm', width: 'narrow', hasErrors: true, body: confirmPage },
  '/result': { title: () => 'Result', width: 'narrow', body: resultPage },
  '/doubt': { title: () => 'In doubt', width: 'narrow', body: doubtPage },
  '/not-paid': { title: () => 'Not paid', width: 'narrow', body: notPaidPage },
  '/sign-in': { title: () => 'Sign in', width: 'normal', signedOut: true, body: signInPage },
  '/record': { title: () => 'Record', width: 'narrow', body: recordPage },
  '/empty': { title: () => 'Empty', width: 'normal', body: emptyPage },
  '/error': { title: () => 'Error', width: 'narrow', body: errorPage },
  '/console': { title: () => 'Console', width: 'wide', body: consolePage },
  '/parts': { title: () => 'Parts', width: 'normal', body: partsPage },
}

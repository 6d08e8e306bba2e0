import {
  Button,
  Card,
  CheckField,
  Chip,
  DataTable,
  Field,
  KeyValues,
  Moment,
  Money,
  Note,
  PageTitle,
  RadioField,
  SelectField,
  TextAreaField,
  Timeline,
  Tools,
} from '#shared/ui/index.ts'
import type { Language } from '#shared/texts.ts'
import type { PageContext } from '#shared/web/index.ts'

const pick = (language: Language, en: string, ja: string) => (language === 'ja' ? ja : en)

interface Order {
  number: string
  customer: [string, string]
  goods: [string, string]
  amount: bigint
  state: 'ok' | 'warn' | 'bad' | 'quiet'
  words: [string, string]
}

const orders: Order[] = [
  {
    number: '3F8T-Q1ZD-7',
    customer: ['Haruka Sato', '佐藤 はるか'],
    goods: ['A pair of shoes, size 24', '靴 一足（24センチ）'],
    amount: 3150n,
    state: 'ok',
    words: ['settled', '入金済み'],
  },
  {
    number: '9XWK-4R2M-1',
    customer: ['Kenji Mori', '森 健二'],
    goods: [
      'Walking shoes, brown, with a spare pair of laces',
      'ウォーキングシューズ（茶）替え紐付き',
    ],
    amount: 12800n,
    state: 'quiet',
    words: ['unsettled', '未入金'],
  },
  {
    number: '1HV6-B8EN-C',
    customer: ['Aya Tanaka', '田中 彩'],
    goods: ['Rain boots', 'レインブーツ'],
    amount: 6480n,
    state: 'warn',
    words: ['being paid', '処理中'],
  },
  {
    number: '8ZNP-5D7Y-2',
    customer: ['Daichi Ono', '小野 大地'],
    goods: ['Slippers', 'スリッパ'],
    amount: 1980n,
    state: 'bad',
    words: ['expired', '期限切れ'],
  },
]

export const consolePage = ({ language }: PageContext) => (
  <>
    <PageTitle
      title={pick(language, 'Orders', '注文一覧')}
      actions={
        <Button kind="secondary" small href="/console">
          {pick(language, 'Download CSV', 'CSVダウンロード')}
        </Button>
      }
    >
      {pick(language, '4 orders since 1 November', '11月1日以降 4件')}
    </PageTitle>
    <Tools
      language={language}
      search={{
        name: 'q',
        label: pick(language, 'Search customer, order number', 'お客さま名・注文番号で検索'),
      }}
      sort={{
        name: 'state',
        label: pick(language, 'State', '状態'),
        choices: [{ value: '', label: pick(language, 'All states', 'すべての状態') }],
      }}
    />
    <DataTable
      language={language}
      caption={pick(language, 'Orders', '注文')}
      hideCaption
      rows={orders}
      columns={[
        {
          label: pick(language, 'Order', '注文番号'),
          heading: true,
          cell: (order) => <a href="/console">{order.number}</a>,
          foot: pick(language, 'Total', '合計'),
        },
        {
          label: pick(language, 'Customer', 'お客さま'),
          cell: (order) => pick(language, ...order.customer),
        },
        { label: pick(language, 'Goods', '商品'), cell: (order) => pick(language, ...order.goods) },
        {
          label: pick(language, 'State', '状態'),
          cell: (order) => <Chip tone={order.state}>{pick(language, ...order.words)}</Chip>,
        },
        {
          label: pick(language, 'Amount', '金額'),
          number: true,
          sort: { href: '/console?sort=amount', now: 'descending' },
          cell: (order) => <Money amount={order.amount} currency="JPY" language={language} />,
          foot: <Money amount={24410n} currency="JPY" language={language} />,
        },
      ]}
    />
    <DataTable
      language={language}
      caption={pick(language, 'Exceptions', '確認が必要な入金')}
      rows={[] as Order[]}
      columns={[
        { label: pick(language, 'Order', '注文番号'), cell: (order) => order.number },
        { label: pick(language, 'Amount', '金額'), number: true, cell: () => '' },
      ]}
    />
  </>
)

const at = (language: Language, iso: string) => (
  <Moment at={new Date(iso)} timeZone="Asia/Tokyo" language={language} />
)

const Notes = ({ language }: { language: Language }) => (
  <div class="stack">
    <Note tone="info" title={pick(language, 'A new biller', '新しい収納機関')}>
      <p>
        {pick(
          language,
          'Minato Waterworks can send you claims from December.',
          '12月より、みなと市水道局のご請求をお受け取りいただけます。',
        )}
      </p>
    </Note>
    <Note tone="ok">
      <p>{pick(language, 'Your settings are stored.', '設定を保存しました。')}</p>
    </Note>
    <Note tone="warn">
      <p>
        {pick(
          language,
          'One claim reaches its time limit today.',
          '本日が期限のご請求が1件あります。',
        )}
      </p>
    </Note>
    <Note tone="bad" title={pick(language, 'The account is closed', '口座が解約されています')}>
      <p>
        {pick(language, 'Choose another account. ', '別の口座をお選びください。')}
        <a href="/list">{pick(language, 'To the list', '一覧へ')}</a>
      </p>
    </Note>
    <Note tone="quiet">
      <p>
        {pick(
          language,
          'Payments on a bank holiday go out on the same day.',
          '銀行休業日のお支払いも当日中に処理されます。',
        )}
      </p>
    </Note>
  </div>
)

const Buttons = ({ language }: { language: Language }) => (
  <Card title={pick(language, 'Buttons', 'ボタン')}>
    <div class="actions">
      <Button>{pick(language, 'Pay 5,250 yen', '支払う')}</Button>
      <Button kind="secondary">{pick(language, 'Not now', '今は支払わない')}</Button>
      <Button kind="quiet">{pick(language, 'Help', 'ヘルプ')}</Button>
      <Button kind="danger">{pick(language, 'Decline this claim', 'この請求を断る')}</Button>
      <Button disabled>{pick(language, 'Tick a claim first', '請求をお選びください')}</Button>
    </div>
    <p>
      <Chip>{pick(language, 'provisional', '仮受付')}</Chip>{' '}
      <Chip tone="info">{pick(language, 'unsettled', '未払い')}</Chip>{' '}
      <Chip tone="warn" busy>
        {pick(language, 'being paid', '処理中')}
      </Chip>{' '}
      <Chip tone="ok">{pick(language, 'settled', '支払済み')}</Chip>{' '}
      <Chip tone="bad">{pick(language, 'expired', '期限切れ')}</Chip>
    </p>
  </Card>
)

const Fields = ({ language }: { language: Language }) => (
  <Card title={pick(language, 'Your details', 'お客さま情報')}>
    <form class="form">
      <Field
        name="name"
        label={pick(language, 'Name', 'お名前')}
        value={pick(language, 'Haruka Sato', '佐藤 はるか')}
        autocomplete="name"
      />
      <Field
        name="email"
        type="email"
        label={pick(language, 'Mail address', 'メールアドレス')}
        value="haruka@"
        error={pick(
          language,
          'Enter an address such as name@example.jp',
          'name@example.jp の形式で入力してください',
        )}
      />
      <Field
        name="amount"
        label={pick(language, 'Highest amount', '上限金額')}
        unit={pick(language, 'yen', '円')}
        width="s"
        inputmode="numeric"
        optional={language}
        hint={pick(
          language,
          'Claims above it wait for you.',
          '上限を超えるご請求は、その都度ご確認いただきます。',
        )}
      />
      <SelectField
        name="branch"
        label={pick(language, 'Branch', '支店')}
        choices={[{ value: '101', label: pick(language, 'Harbour branch (101)', '港支店（101）') }]}
      />
      <RadioField
        name="when"
        label={pick(language, 'When', 'お支払い日')}
        value="now"
        choices={[
          { value: 'now', label: pick(language, 'Now', '今すぐ') },
          {
            value: 'later',
            label: pick(language, 'On another day', '日付を指定'),
            hint: pick(language, 'Until the time limit', '期限日まで指定できます'),
          },
        ]}
      />
      <TextAreaField name="reason" label={pick(language, 'Reason', '理由')} optional={language} />
      <CheckField name="agree">
        {pick(language, 'Tell me by mail when it is paid', '完了時にメールで通知する')}
      </CheckField>
      <Button>{pick(language, 'Store', '保存する')}</Button>
    </form>
  </Card>
)

export const partsPage = ({ language }: PageContext) => (
  <>
    <PageTitle
      title={pick(language, 'Parts', '部品')}
      back={{ href: '/', label: pick(language, 'Gallery', '一覧') }}
    />
    <Notes language={language} />
    <Buttons language={language} />
    <div class="columns">
      <Fields language={language} />
      <div class="stack">
        <Card title={pick(language, 'Claim 3F8T-Q1ZD-7', '請求 3F8T-Q1ZD-7')}>
          <KeyValues
            items={[
              {
                label: pick(language, 'Payee', '請求元'),
                value: pick(language, 'Shop A Shoes', 'ショップA 靴'),
              },
              {
                label: pick(language, 'Amount', '金額'),
                value: <Money amount={3150n} currency="JPY" language={language} />,
              },
              {
                label: pick(language, 'State', '状態'),
                value: <Chip tone="ok">{pick(language, 'settled', '支払済み')}</Chip>,
              },
            ]}
          />
        </Card>
        <Card title={pick(language, 'History', '履歴')}>
          <Timeline
            items={[
              {
                title: pick(language, 'Settled', '支払完了'),
                at: at(language, '2026-11-23T01:04:09Z'),
                tone: 'ok',
                detail: pick(language, 'Savings •••• 4471', '貯蓄預金 •••• 4471'),
              },
              {
                title: pick(language, 'Payment refused: balance short', '残高不足のため不成立'),
                at: at(language, '2026-11-22T09:30:00Z'),
                tone: 'bad',
              },
              {
                title: pick(language, 'Warning sent', '期限のお知らせを送信'),
                at: at(language, '2026-11-22T00:00:00Z'),
                tone: 'warn',
              },
              {
                title: pick(language, 'Accepted', '受付'),
                at: at(language, '2026-11-19T03:12:00Z'),
              },
            ]}
          />
        </Card>
      </div>
    </div>
  </>
)

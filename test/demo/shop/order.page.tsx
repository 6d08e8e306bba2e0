import { dateIn } from '#shared/dates.ts'
import type { Language } from '#shared/texts.ts'
import { Csrf, pictureOf, ShopLayout, type ShopPage } from './layout.tsx'
import type { Purchase } from './purchases.ts'
import { orderTexts } from './order.texts.ts'
import { shopTexts } from './texts.ts'
import { dateInWords, timeInWords, yen } from './words.ts'

/** Where a purchase is, in the words of the shop's pages. */
const stageOf = (purchase: Purchase) => {
  if (purchase.pay === 'cash') return 'cash'
  if (purchase.state === 'refused') return 'refused'
  return purchase.order?.status ?? 'sending'
}
type Stage = ReturnType<typeof stageOf>

const tones: Record<Stage, 'good' | 'wait' | 'bad'> = {
  provisional: 'wait',
  unsettled: 'wait',
  paying: 'wait',
  settled: 'good',
  cash: 'good',
  abandoned: 'bad',
  expired: 'bad',
  cancelled: 'bad',
  declined: 'bad',
  sending: 'bad',
  refused: 'bad',
}

const headlineOf = (purchase: Purchase, language: Language): { title: string; text: string } => {
  const words = orderTexts(language).order
  const limit = purchase.order ? dateInWords(purchase.order.timeLimit, language) : ''
  const amount = yen(purchase.totalMinor, language)
  const stage = stageOf(purchase)
  const { title, text } = words[stage]
  if (typeof text === 'string') return { title, text }
  return { title, text: text(stage === 'settled' || stage === 'cash' ? amount : limit) }
}

const stepsDone: Partial<Record<Stage, number>> = {
  provisional: 1,
  unsettled: 2,
  paying: 2,
  settled: 3,
}

const Steps = ({ stage, language }: { stage: Stage; language: Language }) => {
  const words = orderTexts(language).order
  const done = stepsDone[stage]
  if (done === undefined) return null
  const names = [words.steps.ordered, words.steps.accepted, words.steps.paid, words.steps.sent]
  return (
    <ol class="steps" aria-label={words.stepsLabel}>
      {names.map((name, at) => (
        <li
          class={at < done ? 'done' : at === done ? 'current' : ''}
          aria-current={at === done ? 'step' : undefined}
        >
          {name}
          {at < done ? <span class="unseen"> ({words.done})</span> : null}
        </li>
      ))}
    </ol>
  )
}

const Actions = ({ page, purchase }: { page: ShopPage; purchase: Purchase }) => {
  const words = orderTexts(page.language).order
  const home = `/${page.shop.slug}`
  const own = `${home}/orders/${purchase.reference}`
  switch (stageOf(purchase)) {
    case 'provisional':
      return purchase.order?.entryUrl ? (
        <p class="actions">
          <a class="button" href={purchase.order.entryUrl}>
            {words.toBank}
          </a>
          <a href={own}>{words.askAgain}</a>
        </p>
      ) : null
    case 'unsettled':
    case 'paying':
      return (
        <p class="actions">
          <a class="button quiet-button" href={own}>
            {words.askAgain}
          </a>
        </p>
      )
    case 'sending':
      return (
        <form class="actions" method="post" action={`${own}/retry`}>
          <Csrf page={page} />
          <button class="button">{words.retry}</button>
          <a href={`${home}/checkout`}>{words.otherWay}</a>
        </form>
      )
    case 'refused':
      return (
        <p class="actions">
          <a class="button" href={`${home}/checkout`}>
            {words.otherWay}
          </a>
        </p>
      )
    default:
      return (
        <p class="actions">
          <a href={home}>{words.again}</a>
        </p>
      )
  }
}

const Facts = ({ page, purchase, timeZone }: OrderPageProps) => {
  const { language } = page
  const words = orderTexts(language).order
  const rows: [string, string][] = [
    [words.reference, purchase.reference],
    [words.orderedOn, dateInWords(dateIn(timeZone, new Date(purchase.madeAt)), language)],
  ]
  const { order } = purchase
  if (order) rows.push([words.bankNumber, order.orderNumber])
  if (order && ['provisional', 'unsettled', 'paying'].includes(order.status)) {
    rows.push([words.payBy, dateInWords(order.timeLimit, language)])
  }
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const Goods = ({ page, purchase }: OrderPageProps) => {
  const { language } = page
  const words = shopTexts(language)
  return (
    <section class="sum" aria-labelledby="goods-title">
      <h2 id="goods-title">{orderTexts(language).order.goods}</h2>
      <ul class="small-lines">
        {purchase.lines.map((line) => (
          <li>
            <span class="tile">
              <img src={pictureOf(line.goodId)} alt="" width="480" height="400" />
            </span>
            <span class="small-words">
              {line.quantity > 1 ? `${line.quantity} × ` : ''}
              {line.name}
              {line.size ? <span class="quiet">{words.basket.size(line.size)}</span> : null}
            </span>
            <span class="small-total">{yen(line.totalMinor, language)}</span>
          </li>
        ))}
      </ul>
      <dl>
        <div class="total">
          <dt>{words.basket.total}</dt>
          <dd>{yen(purchase.totalMinor, language)}</dd>
        </div>
      </dl>
    </section>
  )
}

const Delivery = ({ page, purchase, isOwn }: OrderPageProps) => {
  const words = orderTexts(page.language).order
  if (!isOwn) return <p class="quiet">{words.private}</p>
  const { name, address, phone } = purchase.customer
  return (
    <section aria-labelledby="to-title">
      <h2 id="to-title">{words.sendTo}</h2>
      <p class="send-to">
        {name}
        <br />
        {address}
        <br />
        {phone}
      </p>
    </section>
  )
}

export interface OrderPageProps {
  page: ShopPage
  purchase: Purchase
  /** False when the claim server could not be asked just now. */
  isFresh: boolean
  /** Whether this browser made the order: only then are name and address shown. */
  isOwn: boolean
  timeZone: string
}

export const OrderPage = (props: OrderPageProps) => {
  const { page, purchase, isFresh, timeZone } = props
  const { language } = page
  const words = orderTexts(language).order
  const stage = stageOf(purchase)
  const { title, text } = headlineOf(purchase, language)
  return (
    <ShopLayout page={page} title={words.title(purchase.reference)}>
      {isFresh || !purchase.order ? null : (
        <p class="notice wait-news" role="status">
          {words.lastKnown(timeInWords(new Date(purchase.order.askedAt), language, timeZone))}
        </p>
      )}
      <div class="two order">
        <div>
          <div class={`headline ${tones[stage]}`}>
            <h1>{title}</h1>
            <p>{text}</p>
            <Actions page={page} purchase={purchase} />
          </div>
          <Steps stage={stage} language={language} />
          <Facts {...props} />
          <Delivery {...props} />
        </div>
        <Goods {...props} />
      </div>
    </ShopLayout>
  )
}

/** What this browser ordered in this shop. */
export const OrdersPage = ({
  page,
  purchases,
  timeZone,
}: {
  page: ShopPage
  purchases: Purchase[]
  timeZone: string
}) => {
  const { language, shop } = page
  const words = orderTexts(language).orders
  return (
    <ShopLayout page={page} title={words.title}>
      {purchases.length === 0 ? (
        <div class="message">
          <h1>{words.empty}</h1>
          <p>{words.emptyText}</p>
          <p>
            <a class="button" href={`/${shop.slug}`}>
              {shopTexts(language).basket.toShelf}
            </a>
          </p>
        </div>
      ) : (
        <>
          <h1 class="page-title">{words.title}</h1>
          <ul class="orders">
            {purchases.map((purchase) => (
              <li>
                <a href={`/${shop.slug}/orders/${purchase.reference}`}>
                  <span class="tile">
                    <img
                      src={pictureOf(purchase.lines[0]?.goodId ?? shop.featured)}
                      alt=""
                      width="480"
                      height="400"
                    />
                  </span>
                  <span class="small-words">
                    {purchase.lines.map(({ name }) => name).join(language === 'ja' ? '、' : ', ')}
                    <span class="quiet">
                      {dateInWords(dateIn(timeZone, new Date(purchase.madeAt)), language)} ·{' '}
                      <span class="whole">{purchase.reference}</span>
                    </span>
                  </span>
                  <span class="orders-end">
                    <b>{yen(purchase.totalMinor, language)}</b>
                    <span class={`tag ${tones[stageOf(purchase)]}`}>
                      {words.status[stageOf(purchase)]}
                    </span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </ShopLayout>
  )
}

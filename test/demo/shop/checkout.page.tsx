import type { Child } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { type BasketLine, basketTotalMinor, lineTotalMinor } from './basket.ts'
import { Csrf, pictureOf, ShopLayout, type ShopPage } from './layout.tsx'
import { orderTexts } from './order.texts.ts'
import { shopTexts } from './texts.ts'
import { yen } from './words.ts'

export type CheckoutField = 'name' | 'address' | 'phone' | 'pay'

/** As typed: kept in the fields when something is wrong. */
export type CheckoutValues = Record<CheckoutField, string>

export interface CheckoutPageProps {
  page: ShopPage
  lines: BasketLine[]
  purchaseId: string
  values: CheckoutValues
  errors: Partial<CheckoutValues>
  formUsed?: boolean
}

interface TextFieldProps {
  name: Exclude<CheckoutField, 'pay'>
  label: string
  hint?: string
  value: string
  error: string | undefined
  autocomplete: string
  type?: string
}

const TextField = ({ name, label, hint, value, error, autocomplete, type }: TextFieldProps) => {
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : '']
    .filter(Boolean)
    .join(' ')
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint ? (
        <span class="hint" id={`${name}-hint`}>
          {hint}
        </span>
      ) : null}
      <input
        id={name}
        name={name}
        type={type ?? 'text'}
        value={value}
        autocomplete={autocomplete}
        required
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={described || undefined}
      />
      {error ? (
        <p class="field-error" id={`${name}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  )
}

interface WayToPayProps {
  value: string
  title: string
  text: string
  chosen: string
  offered?: boolean
}

const WayToPay = ({ value, title, text, chosen, offered = true }: WayToPayProps) => (
  <label class={offered ? 'way' : 'way away'}>
    <input
      type="radio"
      name="pay"
      value={value}
      checked={offered && chosen === value}
      disabled={!offered}
      required
    />
    <span>
      <b>{title}</b>
      <span class="quiet">{text}</span>
    </span>
  </label>
)

const WaysToPay = ({ page, values, errors }: CheckoutPageProps) => {
  const words = orderTexts(page.language).checkout
  const bankOffered = page.shop.apiKey !== undefined
  return (
    <fieldset class="ways" aria-describedby={errors.pay ? 'pay-error' : undefined}>
      <legend id="pay">{words.payment}</legend>
      <WayToPay
        value="bank"
        title={words.bank}
        text={bankOffered ? words.bankText : words.bankAway}
        chosen={values.pay}
        offered={bankOffered}
      />
      <WayToPay value="cash" title={words.cash} text={words.cashText} chosen={values.pay} />
      <WayToPay
        value="card"
        title={words.card}
        text={words.notOffered}
        chosen={values.pay}
        offered={false}
      />
      <WayToPay
        value="store"
        title={words.store}
        text={words.notOffered}
        chosen={values.pay}
        offered={false}
      />
      {errors.pay ? (
        <p class="field-error" id="pay-error">
          {errors.pay}
        </p>
      ) : null}
    </fieldset>
  )
}

const ErrorSummary = ({
  errors,
  language,
}: {
  errors: Partial<CheckoutValues>
  language: Language
}) => {
  const words = orderTexts(language).checkout
  const labels: CheckoutValues = {
    name: words.name,
    address: words.address,
    phone: words.phone,
    pay: words.payment,
  }
  const wrong = Object.keys(errors) as CheckoutField[]
  if (wrong.length === 0) return null
  return (
    <div class="notice bad-news" role="alert">
      <p>{words.errors}</p>
      <ul>
        {wrong.map((field) => (
          <li>
            <a href={`#${field}`}>{labels[field]}</a>
            {language === 'ja' ? '：' : ': '}
            {errors[field]}
          </li>
        ))}
      </ul>
    </div>
  )
}

const Summary = ({ page, lines }: CheckoutPageProps): Child => {
  const { language, shop } = page
  const own = orderTexts(language).checkout
  const words = shopTexts(language)
  return (
    <aside class="sum" aria-labelledby="sum-title">
      <div class="sum-head">
        <h2 id="sum-title">{own.summary}</h2>
        <a href={`/${shop.slug}/basket`}>{own.change}</a>
      </div>
      <ul class="small-lines">
        {lines.map((line) => (
          <li>
            <span class="tile">
              <img src={pictureOf(line.good.id)} alt="" width="480" height="400" />
            </span>
            <span class="small-words">
              {line.quantity > 1 ? `${line.quantity} × ` : ''}
              {line.good.name[language]}
              {line.size ? <span class="quiet">{words.basket.size(line.size)}</span> : null}
            </span>
            <span class="small-total">{yen(lineTotalMinor(line), language)}</span>
          </li>
        ))}
      </ul>
      <dl>
        <div>
          <dt>{words.basket.delivery}</dt>
          <dd>{words.basket.free}</dd>
        </div>
        <div class="total">
          <dt>{words.basket.total}</dt>
          <dd>{yen(basketTotalMinor(lines), language)}</dd>
        </div>
      </dl>
    </aside>
  )
}

export const CheckoutPage = (props: CheckoutPageProps) => {
  const { page, lines, purchaseId, values, errors, formUsed } = props
  const { language, shop } = page
  const words = orderTexts(language).checkout
  return (
    <ShopLayout page={page} title={words.title}>
      <h1 class="page-title">{words.title}</h1>
      {formUsed ? (
        <p class="notice bad-news" role="alert">
          {words.formUsed}
        </p>
      ) : null}
      <ErrorSummary errors={errors} language={language} />
      <div class="two">
        <form class="checkout" method="post" action={`/${shop.slug}/checkout`} novalidate>
          <Csrf page={page} />
          <input type="hidden" name="purchase" value={purchaseId} />
          <section aria-labelledby="delivery-title">
            <h2 id="delivery-title">{words.delivery}</h2>
            <TextField
              name="name"
              label={words.name}
              hint={words.nameHint}
              value={values.name}
              error={errors.name}
              autocomplete="name"
            />
            <TextField
              name="address"
              label={words.address}
              value={values.address}
              error={errors.address}
              autocomplete="address-line1"
            />
            <TextField
              name="phone"
              label={words.phone}
              hint={words.phoneHint}
              value={values.phone}
              error={errors.phone}
              autocomplete="tel"
              type="tel"
            />
          </section>
          <WaysToPay {...props} />
          <button class="button wide">{words.place(yen(basketTotalMinor(lines), language))}</button>
          <p class="quiet next">{words.next}</p>
        </form>
        <Summary {...props} />
      </div>
    </ShopLayout>
  )
}

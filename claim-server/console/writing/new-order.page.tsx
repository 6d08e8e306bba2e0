import { addDays } from '#shared/dates.ts'
import {
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  PageTitle,
  SelectField,
} from '#shared/ui/index.ts'
import { type Form, mistakeList } from '../form.ts'
import { ConsolePage, type View } from '../view.tsx'
import { openForMinutes, type OrderMistakes } from './read-order.ts'
import { writingTexts } from './texts.ts'

export interface NewOrderPageProps {
  view: View
  values: Form
  mistakes?: OrderMistakes
}

const Goods = ({ view, values, mistakes = {} }: NewOrderPageProps) => {
  const words = writingTexts(view.language).fields
  const currency = view.caller?.bank.currency ?? 'JPY'
  return (
    <>
      <Field
        name="description"
        label={words.description}
        hint={words.descriptionHint}
        value={values.description}
        error={mistakes.description}
        maxlength={140}
        autocomplete="off"
      />
      <Field
        name="amount"
        label={words.amount}
        value={values.amount}
        error={mistakes.amount}
        inputmode="decimal"
        unit={currency === 'JPY' ? words.yen : currency}
        width="m"
        maxlength={20}
        autocomplete="off"
      />
      <Field
        name="category"
        label={words.category}
        hint={words.categoryHint}
        optional={view.language}
        value={values.category}
        error={mistakes.category}
        maxlength={40}
        autocomplete="off"
      />
      <Field
        name="reference"
        label={words.reference}
        hint={words.referenceHint}
        optional={view.language}
        value={values.reference}
        error={mistakes.reference}
        maxlength={64}
        autocomplete="off"
      />
    </>
  )
}

const Times = ({ view, values, mistakes = {} }: NewOrderPageProps) => {
  const words = writingTexts(view.language)
  return (
    <>
      <Field
        name="timeLimit"
        type="date"
        label={words.fields.timeLimit}
        hint={words.fields.timeLimitHint(view.caller?.shop.defaultDaysToPay ?? 0)}
        optional={view.language}
        value={values.timeLimit}
        error={mistakes.timeLimit}
        min={view.today}
        max={addDays(view.today, 365)}
        width="m"
      />
      <SelectField
        name="openFor"
        label={words.fields.openFor}
        hint={words.fields.openForHint}
        value={values.openFor}
        choices={openForMinutes.map((value) => ({ value, label: words.openFor[value] }))}
      />
    </>
  )
}

/** An order by hand, for a purchase in the shop or by phone. */
export const NewOrderPage = (props: NewOrderPageProps) => {
  const { view, values, mistakes = {} } = props
  const words = writingTexts(view.language)
  const errors = mistakeList(mistakes)
  return (
    <ConsolePage view={view} title={words.title} section="new-order" hasErrors={errors.length > 0}>
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      <ErrorSummary errors={errors} language={view.language} />
      <Card>
        <form method="post" action="/shop/orders/new" class="form" novalidate>
          <CsrfField token={view.page.csrfToken} />
          <input type="hidden" name="formId" value={values.formId} />
          <Goods {...props} />
          <Times {...props} />
          <Button>{words.submit}</Button>
        </form>
      </Card>
    </ConsolePage>
  )
}

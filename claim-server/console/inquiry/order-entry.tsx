import {
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  instantWords,
  SelectField,
} from '#shared/ui/index.ts'
import { mistakeList } from '../form.ts'
import { QrCode } from '../qr-code.tsx'
import type { View } from '../view.tsx'
import type { OpenedOrder } from './open-order.ts'
import { orderTexts } from './order.texts.ts'

export interface LinkForm {
  values: Record<string, string>
  mistakes: { address?: string | undefined }
}

const languageNames = [
  { value: 'ja', label: '日本語' },
  { value: 'en', label: 'English' },
]

const MailForm = ({
  view,
  orderNumber,
  form,
}: {
  view: View
  orderNumber: string
  form: LinkForm
}) => {
  const words = orderTexts(view.language).entry
  return (
    <form method="post" action={`/shop/orders/${orderNumber}/link`} class="form" novalidate>
      <CsrfField token={view.page.csrfToken} />
      <h3>{words.mail}</h3>
      <ErrorSummary errors={mistakeList(form.mistakes)} language={view.language} />
      <Field
        name="address"
        type="email"
        label={words.address}
        value={form.values.address}
        error={form.mistakes.address}
        autocomplete="off"
        maxlength={254}
      />
      <SelectField
        name="language"
        label={words.language}
        value={form.values.language ?? view.caller?.shop.language}
        choices={languageNames}
      />
      <Button kind="secondary">{words.send}</Button>
    </form>
  )
}

/** How a customer comes to an order that nobody accepted yet: by QR code, link or mail. */
export const OrderEntry = ({
  view,
  opened,
  form,
}: {
  view: View
  opened: OpenedOrder
  form: LinkForm
}) => {
  const { language, timeZone, bankName } = view
  const words = orderTexts(language).entry
  const { entry, order } = opened
  if (!entry) return null
  return (
    <Card title={words.title} id="link">
      <p>{words.text(bankName)}</p>
      <p>
        <b>{words.openUntil(instantWords(entry.openUntil, timeZone, language))}</b>
      </p>
      <div class="columns">
        <div class="stack">
          <QrCode text={entry.url} label={words.qr(order.orderNumber)} />
          <p class="soft">{words.scan}</p>
        </div>
        <div class="stack">
          <Field name="link" label={words.link} value={entry.url} readonly autocomplete="off" />
          <MailForm view={view} orderNumber={order.orderNumber} form={form} />
        </div>
      </div>
    </Card>
  )
}

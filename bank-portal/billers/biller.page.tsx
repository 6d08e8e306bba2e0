import {
  Actions,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  instantWords,
  type KeyValue,
  KeyValues,
  Note,
  Outcome,
  PageTitle,
} from '#shared/ui/index.ts'
import type { Biller } from '../claim-server-client.ts'
import { PortalPage, type View } from '../layout.tsx'
import { payeeName } from '../names.ts'
import { safeLink } from '../safe-link.ts'
import { billersTexts } from './texts.ts'

export interface LinkForm {
  customerNumber: string
  secondFact: string
}
export type LinkMistakes = Partial<Record<keyof LinkForm, 'empty' | 'long'>>

interface BillerProps {
  view: View
  biller: Biller
}

export interface LinkPageProps extends BillerProps {
  form?: LinkForm
  mistakes?: LinkMistakes
  /** Why these were not accepted. */
  refusal?: { outcome: 'not-accepted'; triesLeft: number } | { outcome: 'linked-elsewhere' }
}

const Refusal = ({ view, refusal }: LinkPageProps) => {
  const words = billersTexts(view.language)
  if (!refusal) return null
  const isWrong = refusal.outcome === 'not-accepted'
  return (
    <Note tone="bad" announce title={isWrong ? words.notAccepted.title : words.elsewhere.title}>
      {isWrong ? words.notAccepted.text(refusal.triesLeft) : words.elsewhere.text}
    </Note>
  )
}

/** Linking by the customer's number at the biller and a second fact of any bill. */
export const LinkPage = (props: LinkPageProps) => {
  const { view, biller, form, mistakes = {}, refusal } = props
  const { language } = view
  const words = billersTexts(language)
  const title = words.linkTitle(payeeName(biller.payee, language))
  const labels = {
    customerNumber: biller.numberLabel[language],
    secondFact: biller.secondFactLabel[language],
  }
  const fields = (['customerNumber', 'secondFact'] as const).map((name) => {
    const mistake = mistakes[name]
    return { name, label: labels[name], error: mistake && words.mistakes[mistake](labels[name]) }
  })
  const errors = fields.flatMap(({ name, error }) => (error ? [{ name, message: error }] : []))
  return (
    <PortalPage
      view={view}
      title={title}
      section="billers"
      width="narrow"
      hasErrors={errors.length > 0 || refusal !== undefined}
    >
      <div class="stack">
        <PageTitle title={title} back={{ href: '/billers', label: words.title }}>
          {words.linkText}
        </PageTitle>
        <ErrorSummary errors={errors} language={language} />
        <Refusal {...props} />
        <Card>
          <form method="post" action={`/billers/${biller.payee.shopId}`} class="form" novalidate>
            <CsrfField token={view.page.csrfToken} />
            {fields.map(({ name, label, error }) => (
              <Field
                name={name}
                label={label}
                value={form?.[name]}
                error={error}
                autocomplete="off"
                maxlength={60}
                width="m"
              />
            ))}
            <Actions>
              <Button>{words.submit}</Button>
              <Button kind="quiet" href="/billers">
                {words.cancel}
              </Button>
            </Actions>
          </form>
        </Card>
      </div>
    </PortalPage>
  )
}

const factsOf = ({ view, biller: { payee, link, numberLabel } }: BillerProps): KeyValue[] => {
  const { language } = view
  const words = billersTexts(language)
  const site = safeLink(payee.website)
  return [
    ...(link
      ? [
          { label: numberLabel[language], value: <code>{link.customerNumber}</code> },
          { label: words.since, value: instantWords(link.linkedAt, view.timeZone, language) },
        ]
      : []),
    ...(payee.phone ? [{ label: words.contact.phone, value: payee.phone }] : []),
    ...(payee.mailAddress
      ? [
          {
            label: words.contact.mail,
            value: <a href={`mailto:${payee.mailAddress}`}>{payee.mailAddress}</a>,
          },
        ]
      : []),
    ...(site
      ? [
          {
            label: words.contact.website,
            value: (
              <a href={site} rel="noopener noreferrer">
                {site}
              </a>
            ),
          },
        ]
      : []),
  ]
}

export interface LinkedPageProps extends BillerProps {
  /** Linked just now: how many bills that brought. */
  newClaims: number | undefined
}

/** A linked biller: since when, how to reach it, and the way to end the link. */
export const LinkedPage = (props: LinkedPageProps) => {
  const { view, biller, newClaims } = props
  const words = billersTexts(view.language)
  const name = payeeName(biller.payee, view.language)
  return (
    <PortalPage view={view} title={name} section="billers" width="narrow">
      <div class="stack">
        <PageTitle title={name} back={{ href: '/billers', label: words.title }} />
        {newClaims !== undefined && (
          <Note tone="ok" announce title={words.done.title}>
            {words.done.text(newClaims)}{' '}
            {newClaims > 0 && <a href="/claims?filter=new">{words.done.toList}</a>}
          </Note>
        )}
        <Card>
          <KeyValues items={factsOf(props)} />
        </Card>
        <Card title={words.unlink.title}>
          <p class="soft">{words.unlink.text}</p>
          <form method="post" action={`/billers/${biller.payee.shopId}/unlink`}>
            <CsrfField token={view.page.csrfToken} />
            <Button kind="danger">{words.unlink.submit}</Button>
          </form>
        </Card>
      </div>
    </PortalPage>
  )
}

/** Five wrong tries: nobody reads a stranger's bills by guessing. */
export const LinkLockedPage = ({ view, lockedUntil }: { view: View; lockedUntil: Date }) => {
  const words = billersTexts(view.language).locked
  return (
    <PortalPage view={view} title={words.title} section="billers" width="narrow">
      <Outcome
        tone="bad"
        title={words.title}
        actions={<Button href="/billers">{words.back}</Button>}
      >
        <p>{words.text(instantWords(lockedUntil, view.timeZone, view.language))}</p>
      </Outcome>
    </PortalPage>
  )
}

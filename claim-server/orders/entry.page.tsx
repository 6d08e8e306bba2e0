import { dateIn, type LocalDate } from '#shared/dates.ts'
import type { EntryOrder } from '#shared/contracts/claim-server.ts'
import type { Language } from '#shared/texts.ts'
import {
  Actions,
  Amount,
  Button,
  Card,
  ErrorPage,
  fullDate,
  instantWords,
  KeyValues,
  nearness,
  PageTitle,
  Steps,
  TimeLimit,
  timeWords,
} from '#shared/ui/index.ts'
import type { PageContext } from '#shared/web/index.ts'
import type { Bank } from '../banks/find-bank.ts'
import { SitePage } from '../layout.tsx'
import { entryTexts } from './entry.texts.ts'

interface EntryPageProps {
  page: PageContext
  order: EntryOrder
  bank: Bank
  entryToken: string
  now: Date
}

const nameOf = ({ name, nameJa }: { name: string; nameJa: string | null }, language: Language) =>
  language === 'ja' ? (nameJa ?? name) : name

const Limit = ({
  order,
  today,
  language,
}: {
  order: EntryOrder
  today: LocalDate
  language: Language
}) =>
  nearness(order.timeLimit, today) === 'later' ? (
    <time datetime={order.timeLimit}>{fullDate(order.timeLimit, language)}</time>
  ) : (
    <TimeLimit limit={order.timeLimit} today={today} language={language} />
  )

const OrderCard = ({
  order,
  language,
  today,
}: {
  order: EntryOrder
  language: Language
  today: LocalDate
}) => {
  const words = entryTexts(language)
  const contact = [order.payee.phone, order.payee.mailAddress].filter(Boolean).join(' · ')
  return (
    <Card title={nameOf(order.payee, language)}>
      <Amount amount={order.amountMinor} currency={order.currency} language={language} />
      <KeyValues
        items={[
          { label: words.goods, value: <bdi>{order.description}</bdi> },
          { label: words.timeLimit, value: <Limit {...{ order, today, language }} /> },
          { label: words.orderNumber, value: order.orderNumber },
          ...(contact ? [{ label: words.contact, value: contact }] : []),
        ]}
      />
    </Card>
  )
}

const openUntilWords = (openUntil: Date, now: Date, timeZone: string, language: Language) =>
  dateIn(timeZone, openUntil) === dateIn(timeZone, now)
    ? timeWords(openUntil, timeZone, language)
    : instantWords(openUntil, timeZone, language)

/** The screen on the way from the shop to the bank: what was ordered, and where it goes on (Figs. 25, 29). */
export const EntryPage = ({ page, order, bank, entryToken, now }: EntryPageProps) => {
  const { language } = page
  const words = entryTexts(language)
  const toBank = new URL(`/entry/${entryToken}`, bank.portalUrl).href
  return (
    <SitePage page={page} title={words.title}>
      <Steps
        language={language}
        steps={[words.stepOrder, words.stepSignIn, words.stepAccept, words.stepPay]}
        current={0}
      />
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      <OrderCard order={order} language={language} today={dateIn(bank.timeZone, now)} />
      <Actions>
        <Button href={toBank}>{words.toBank(nameOf(bank, language))}</Button>
        {order.returnUrl && (
          <Button href={order.returnUrl} kind="quiet">
            {words.toShop}
          </Button>
        )}
      </Actions>
      <Card title={words.next}>
        <p>{words.nextText}</p>
      </Card>
      <p class="soft">
        {words.openUntil(openUntilWords(order.openUntil, now, bank.timeZone, language))}
      </p>
    </SitePage>
  )
}

/** The link was used, or its time has passed: says where the order may be, and shows nothing of it. */
export const UsedEntryPage = ({
  page,
  bank,
  returnUrl,
}: {
  page: PageContext
  bank: Bank
  returnUrl: string | null
}) => {
  const words = entryTexts(page.language)
  const name = nameOf(bank, page.language)
  return (
    <SitePage page={page} title={words.usedTitle}>
      <ErrorPage
        language={page.language}
        title={words.usedTitle}
        tone="info"
        actions={
          <>
            <Button href={bank.portalUrl}>{words.toBank(name)}</Button>
            {returnUrl && (
              <Button href={returnUrl} kind="secondary">
                {words.toShop}
              </Button>
            )}
          </>
        }
      >
        {words.usedText(name)}
      </ErrorPage>
    </SitePage>
  )
}

export const UnknownEntryPage = ({ page }: { page: PageContext }) => {
  const words = entryTexts(page.language)
  return (
    <SitePage page={page} title={words.unknownTitle}>
      <ErrorPage language={page.language} title={words.unknownTitle}>
        {words.unknownText}
      </ErrorPage>
    </SitePage>
  )
}

import type { Language } from '#shared/texts.ts'
import type { PageContext } from '#shared/web/page-context.ts'
import { Csrf, Layout } from './layout.tsx'
import type { StoredMail } from './mail-store.ts'
import { inboxTexts } from './texts.ts'
import { longTime, shortTime } from './when.ts'

export interface MailList {
  /** One screenful, newest first. */
  mails: StoredMail[]
  count: number
  /** The searched part of a recipient's address. */
  to: string
  /** The list begins after this mail. */
  before: string | undefined
  /** Where older mails go on. */
  olderThan: string | undefined
  recipients: { address: string; count: number }[]
}

export interface MailsPageProps {
  page: PageContext
  list: MailList
  selected: StoredMail | undefined
  now: Date
  timeZone: string
  saved: string | undefined
}

const query = (values: Record<string, string | undefined>) => {
  const given = Object.entries(values).filter((one): one is [string, string] => !!one[1])
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

const snippet = ({ text }: StoredMail) => text.replaceAll(/\s+/g, ' ').trim().slice(0, 140)

const Search = ({ page, list }: { page: PageContext; list: MailList }) => {
  const words = inboxTexts(page.language).list
  return (
    <form class="search" action="/mails" role="search">
      <label for="to">{words.search}</label>
      <input
        id="to"
        name="to"
        type="search"
        value={list.to}
        maxlength={200}
        autocomplete="off"
        list="recipients"
      />
      <datalist id="recipients">
        {list.recipients.map(({ address }) => (
          <option value={address} />
        ))}
      </datalist>
      <button>{words.searchButton}</button>
    </form>
  )
}

const Rows = ({ page, list, selected, now, timeZone }: MailsPageProps) => {
  const words = inboxTexts(page.language).list
  const { to, before } = list
  return (
    <ol class="rows">
      {list.mails.map((mail) => (
        <li>
          <a
            href={`/mails/${mail.id}${query({ to, before })}`}
            aria-current={mail.id === selected?.id ? 'true' : undefined}
          >
            <span class="row-to">{mail.envelope.to.join(', ')}</span>
            <time datetime={mail.receivedAt.toISOString()}>
              {shortTime(mail.receivedAt, now, page.language, timeZone)}
            </time>
            <span class="row-subject">{mail.subject || words.noSubject}</span>
            <span class="row-snippet">{snippet(mail)}</span>
          </a>
        </li>
      ))}
    </ol>
  )
}

const Empty = ({ language, to }: { language: Language; to: string }) => {
  const words = inboxTexts(language).list
  return (
    <div class="empty">
      <p class="empty-title">{to ? words.nothingFound(to) : words.empty}</p>
      <p>{to ? words.nothingFoundText : words.emptyText}</p>
    </div>
  )
}

const ListPane = (props: MailsPageProps) => {
  const { page, list } = props
  const words = inboxTexts(page.language).list
  const { to, before, olderThan } = list
  return (
    <section class="list-pane" aria-labelledby="list-title">
      <div class="list-head">
        <h1 id="list-title">{words.title}</h1>
        <span class="quiet">{words.count(list.count)}</span>
      </div>
      <Search page={page} list={list} />
      {to ? (
        <p class="clear">
          <a href="/mails">{words.clear}</a>
        </p>
      ) : null}
      {list.mails.length === 0 ? <Empty language={page.language} to={to} /> : <Rows {...props} />}
      <div class="list-foot">
        {before ? <a href={`/mails${query({ to })}`}>{words.newest}</a> : null}
        {olderThan ? <a href={`/mails${query({ to, before: olderThan })}`}>{words.older}</a> : null}
        {list.count > 0 && !to && !before ? (
          <form method="post" action="/mails/delete-all">
            <Csrf page={page} />
            <button class="quiet-button">{words.deleteAll}</button>
          </form>
        ) : null}
      </div>
    </section>
  )
}

const linkPattern = /(https?:\/\/[^\s<>"'）」]+[^\s<>"'.,;:!?)\]、。）」])/

const Linked = ({ text }: { text: string }) => (
  <>
    {text.split(linkPattern).map((part, at) =>
      at % 2 === 1 ? (
        <a href={part} target="_blank" rel="noopener noreferrer">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </>
)

const Fields = ({
  mail,
  page,
  timeZone,
}: {
  mail: StoredMail
  page: PageContext
  timeZone: string
}) => {
  const words = inboxTexts(page.language).mail
  const rows: [string, string][] = [
    [words.from, mail.from.join(', ') || mail.envelope.from],
    [words.to, mail.to.join(', ')],
    [words.cc, mail.cc.join(', ')],
  ]
  const delivered = mail.envelope.to.join(', ')
  if (delivered !== mail.to.join(', ')) rows.push([words.delivered, delivered])
  rows.push([words.received, longTime(mail.receivedAt, page.language, timeZone)])
  return (
    <dl class="fields">
      {rows
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

const HtmlPart = ({ mail, language }: { mail: StoredMail; language: Language }) => {
  const words = inboxTexts(language).mail
  if (!mail.html) return <p class="quiet">{words.noHtml}</p>
  const address = `/mails/${mail.id}/html`
  return (
    <section aria-labelledby="html-title">
      <div class="part-head">
        <h2 id="html-title">{words.html}</h2>
        <a href={address} target="_blank" rel="noopener">
          {words.openHtml}
        </a>
      </div>
      <iframe
        src={address}
        title={words.htmlFrame}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerpolicy="no-referrer"
      />
    </section>
  )
}

const TextPart = ({ mail, language }: { mail: StoredMail; language: Language }) => {
  const words = inboxTexts(language).mail
  return (
    <section aria-labelledby="text-title">
      <h2 id="text-title">{words.text}</h2>
      {mail.text ? (
        <div class="text-part">
          <Linked text={mail.text} />
        </div>
      ) : (
        <p class="quiet">{words.noText}</p>
      )}
    </section>
  )
}

const Attachments = ({ mail, language }: { mail: StoredMail; language: Language }) => {
  const words = inboxTexts(language).mail
  if (mail.attachments.length === 0) return null
  return (
    <section aria-labelledby="attachments-title">
      <h2 id="attachments-title">{words.attachments}</h2>
      <ul class="attachments">
        {mail.attachments.map(({ name, contentType, sizeBytes }) => (
          <li>
            {name || contentType}{' '}
            <span class="quiet">
              {contentType}, {words.bytes(sizeBytes.toLocaleString('en'))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Headers = ({ mail, language }: { mail: StoredMail; language: Language }) => {
  const words = inboxTexts(language).mail
  return (
    <details class="headers">
      <summary>{words.headers}</summary>
      <table>
        <tbody>
          {mail.headers.map(({ name, value }) => (
            <tr>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href={`/mails/${mail.id}/source`}>{words.source}</a>{' '}
        <span class="quiet">{words.bytes(mail.sizeBytes.toLocaleString('en'))}</span>
      </p>
    </details>
  )
}

const MailPane = ({ page, list, selected, timeZone }: MailsPageProps) => {
  const words = inboxTexts(page.language)
  if (!selected) {
    return (
      <section class="mail-pane nothing">
        <p class="quiet">{list.count > 0 ? words.list.choose : words.notice}</p>
      </section>
    )
  }
  const { to, before } = list
  return (
    <article class="mail-pane">
      <a class="back" href={`/mails${query({ to, before })}`}>
        {words.mail.back}
      </a>
      <h1>{selected.subject || words.list.noSubject}</h1>
      <Fields mail={selected} page={page} timeZone={timeZone} />
      <HtmlPart mail={selected} language={page.language} />
      <TextPart mail={selected} language={page.language} />
      <Attachments mail={selected} language={page.language} />
      <Headers mail={selected} language={page.language} />
    </article>
  )
}

/** The list, and beside it the chosen mail; a phone shows one of the two. */
export const MailsPage = (props: MailsPageProps) => {
  const { page, selected, saved } = props
  const words = inboxTexts(page.language)
  return (
    <Layout
      page={page}
      title={selected ? selected.subject || words.list.noSubject : words.list.title}
      place="mails"
      saved={saved}
    >
      <main class={selected ? 'panes one-chosen' : 'panes'}>
        <ListPane {...props} />
        <MailPane {...props} />
      </main>
    </Layout>
  )
}

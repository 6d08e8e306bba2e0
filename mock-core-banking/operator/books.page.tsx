import { Button, DataTable, Outcome, PageTitle } from '#shared/ui/index.ts'
import type { BookDifference, CheckedBooks } from '../payments/check-books.ts'
import { operatorTexts } from './texts.ts'
import { OperatorPage, type View } from './view.tsx'

export interface BooksPageProps {
  view: View
  checked: CheckedBooks
}

/** What the check of the books found just now. */
export const BooksPage = ({ view, checked }: BooksPageProps) => {
  const { language } = view
  const words = operatorTexts(language).books
  const { differences } = checked
  const kinds: Record<string, string> = words.kinds
  const isRight = differences.length === 0
  const count = (number: number) => number.toLocaleString(language)
  return (
    <OperatorPage view={view} title={words.title} section="books" width="wide">
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      <Outcome
        tone={isRight ? 'ok' : 'bad'}
        title={isRight ? words.right : words.wrong(differences.length)}
        actions={
          <Button kind="secondary" href="/operator/books">
            {words.again}
          </Button>
        }
      >
        <p>{words.checked(count(checked.transfers), count(checked.postings))}</p>
        {!isRight && <p>{words.wrongText}</p>}
      </Outcome>
      {!isRight && (
        <DataTable
          language={language}
          caption={words.wrong(differences.length)}
          hideCaption
          columns={[
            {
              label: words.kind,
              heading: true,
              cell: ({ kind }: BookDifference) => kinds[kind] ?? kind,
            },
            { label: words.id, cell: ({ id }: BookDifference) => <code>{id}</code> },
            { label: words.detail, cell: ({ detail }: BookDifference) => detail },
          ]}
          rows={differences}
        />
      )}
    </OperatorPage>
  )
}

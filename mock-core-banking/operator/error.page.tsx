import type { AppError } from '#shared/errors.ts'
import { Button, ErrorPage, errorWords } from '#shared/ui/index.ts'
import { operatorTexts } from './texts.ts'
import { OperatorPage, type View } from './view.tsx'

/** An error as a page of the operator's console. */
export const OperatorErrorPage = ({
  view,
  error,
  reference,
}: {
  view: View
  error: AppError
  reference: string | undefined
}) => {
  const { title, text } = errorWords(error, view.language)
  const isQuiet = error.code === 'not-found' || error.code === 'method-not-allowed'
  return (
    <OperatorPage view={view} title={title} width="narrow">
      <ErrorPage
        language={view.language}
        title={title}
        tone={error.code === 'internal' ? 'bad' : isQuiet ? 'info' : 'warn'}
        reference={isQuiet ? undefined : reference}
        actions={<Button href="/operator">{operatorTexts(view.language).error.toAccounts}</Button>}
      >
        {text}
      </ErrorPage>
    </OperatorPage>
  )
}

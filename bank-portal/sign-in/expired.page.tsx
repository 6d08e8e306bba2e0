import { Button, Outcome } from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { signInTexts } from './texts.ts'

/** A post without a session: it was not sent on, so nothing was paid by it. */
export const ExpiredPage = ({ view, signInPath }: { view: View; signInPath: string }) => {
  const words = signInTexts(view.language).expired
  return (
    <PortalPage view={view} title={words.title} width="narrow">
      <Outcome
        tone="warn"
        title={words.title}
        actions={<Button href={signInPath}>{words.signIn}</Button>}
      >
        <p>{words.nothingPaid}</p>
        <p>{words.earlier}</p>
      </Outcome>
    </PortalPage>
  )
}

import { resultStatusPath } from './run-parts.ts'

/** The part of a result's page that is asked for until the result is there. */
export const statusId = 'payment-status'

/** Asks every two seconds and puts the answer in the page's place. */
export const Asking = ({ ids }: { ids: readonly string[] }) => (
  <span
    hidden
    hx-get={resultStatusPath(ids)}
    hx-trigger="every 2s"
    hx-target={`#${statusId}`}
    hx-swap="outerMorph"
  />
)

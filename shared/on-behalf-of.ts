import { type Answer, answerOf, answerRest } from './batched-calls.ts'
import { AppError } from './errors.ts'
import type { ServiceCaller } from './service-token.ts'

/**
 * A call about a customer is made on that customer's behalf, and the caller must say so: anybody else's
 * data answers as data that doesn't exist.
 */
export const onlyOwn = (
  { onBehalfOf }: Pick<ServiceCaller, 'onBehalfOf'>,
  customerId: string,
): void => {
  if (onBehalfOf !== customerId) throw new AppError('not-found')
}

interface OfCustomer {
  params: { customerId: string }
  caller: ServiceCaller
}

/** The same for calls that travel together: asks `handle` only for those that are their customer's own. */
export const answerOwn = async <Input extends OfCustomer, R>(
  inputs: readonly Input[],
  handle: (own: Input[], caller: ServiceCaller) => Promise<Answer<R>[]>,
): Promise<Answer<R>[]> => {
  const own = await Promise.all(
    inputs.map((input) =>
      answerOf(() => {
        onlyOwn(input.caller, input.params.customerId)
        return input
      }),
    ),
  )
  return answerRest(own, (rest) => {
    const [first] = rest
    return first ? handle(rest, first.caller) : Promise.resolve([])
  })
}

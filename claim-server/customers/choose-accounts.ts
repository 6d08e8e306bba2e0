import { accountParts } from '#shared/accounts.ts'
import { fieldError } from '#shared/errors.ts'
import type { ServiceCaller } from '#shared/service-token.ts'
import type { Received, ReplyOf } from '#shared/contracts/call.ts'
import type { chooseAccounts as chooseAccountsCall } from '#shared/contracts/customer-choices.ts'
import type { Bank } from '../banks/find-bank.ts'
import { changeByCall } from '../change-by-call.ts'
import type { Deps } from '../deps.ts'
import { customerChoices } from './choices.table.ts'

type Body = Received<typeof chooseAccountsCall>['body']

const checkChoice = (bank: Bank, { accounts, defaultAccount }: Body) => {
  for (const [at, account] of accounts.entries())
    if (accountParts(account).bank !== bank.code)
      throw fieldError(`#/accounts/${at}`, 'this account is not with the customer’s bank')
  if (defaultAccount === null) return
  if (accountParts(defaultAccount).bank !== bank.code)
    throw fieldError('#/defaultAccount', 'this account is not with the customer’s bank')
  if (accounts.length > 0 && !accounts.includes(defaultAccount))
    throw fieldError('#/defaultAccount', 'choose one of the accounts that pay')
}

/**
 * Replaces which accounts pay (none: all), the default, and whether adverts are shown. That the
 * accounts are the customer's is for the portal to see. Throws `invalid` naming the field.
 */
export const chooseAccounts = async (
  deps: Pick<Deps, 'db'>,
  {
    bank,
    customerId,
    body,
    caller,
  }: { bank: Bank; customerId: string; body: Body; caller: ServiceCaller },
): Promise<ReplyOf<typeof chooseAccountsCall>> => {
  const accounts = [...new Set(body.accounts)]
  return changeByCall(deps, caller, async (tx) => {
    checkChoice(bank, body)
    const { defaultAccount, showAdverts } = body
    const chosen = { accounts, defaultAccount, showAdverts, updatedAt: new Date() }
    await tx
      .insert(customerChoices)
      .values({ bank: bank.code, customerId, ...chosen })
      .onConflictDoUpdate({
        target: [customerChoices.bank, customerChoices.customerId],
        set: chosen,
      })
    return { accounts, defaultAccount, showAdverts }
  })
}

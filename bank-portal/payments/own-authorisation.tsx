import { Field } from '#shared/ui/index.ts'
import { authoriseRun } from '../core-banking-client.ts'
import type { Deps, PaymentAuthorisation } from '../deps.ts'
import { paymentsTexts } from './texts.ts'

const digits = (text = '') => text.normalize('NFKC').replaceAll(/[\s-]/g, '')

/** The portal's own way to agree: account number and password, judged by the core. */
export const createOwnAuthorisation = (deps: Pick<Deps, 'callCore'>): PaymentAuthorisation => ({
  fields({ language, account, mistakes }) {
    const words = paymentsTexts(language).confirm
    return (
      <>
        <Field
          name="accountNumber"
          label={words.accountNumber}
          hint={words.accountNumberHint(account.slice(-4))}
          error={mistakes.accountNumber}
          inputmode="numeric"
          autocomplete="off"
          maxlength={12}
          width="s"
        />
        <Field
          name="password"
          label={words.password}
          type="password"
          error={mistakes.password}
          autocomplete="current-password"
          maxlength={200}
        />
      </>
    )
  },
  check(form, language) {
    const words = paymentsTexts(language).confirm.mistakes
    const password = form.password ?? ''
    return {
      ...(/^\d{7}$/.test(digits(form.accountNumber)) ? {} : { accountNumber: words.accountNumber }),
      ...(password === '' || password.length > 200 ? { password: words.password } : {}),
    }
  },
  authorise: (customer, form, payments) =>
    authoriseRun(deps, customer, {
      accountNumber: digits(form.accountNumber),
      password: form.password ?? '',
      payments,
    }),
})

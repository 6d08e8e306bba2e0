import { parseArgs } from 'node:util'
import { AppError } from '#shared/errors.ts'
import { makePassword } from '#shared/make-password.ts'
import { parseFields } from '#shared/request-body.ts'
import { NoAnswer } from '#shared/service-client.ts'
import { StartError } from '#shared/service-process.ts'
import type { Deps } from '../deps.ts'
import { addReturnAddress } from './add-return-address.ts'
import { approveShop } from './approve-shop.ts'
import { makeApiKey } from './make-api-key.ts'
import { newShop, registerShop } from './register-shop.ts'
import { revokeApiKey } from './revoke-api-key.ts'
import { setShopLogin } from './set-shop-login.ts'

export const usage = `Usage: npm run shop -- <command>, with the claim server's own settings
  register --name <text> --mail <address> --account <account=holder> [--account ...]
           [--name-ja <text>] [--kind shop|biller] [--phone <text>] [--contact <mail address>]
           [--website <url>] [--language en|ja] [--days <to pay>] [--warning-days <before the limit>]
           [--return <url> ...]
  key      --shop <id> [--label <text>]    make another API key
  revoke   --shop <id> --key <id>          end an API key
  return   --shop <id> --return <url>      register an address to send customers back to
  login    --shop <id> --sign-in-id <id>   make a password for its console, in place of a forgotten one
What register, key and login answer holds the API key or password: it is shown this once.`

type CommandDeps = Pick<Deps, 'config' | 'db' | 'clock' | 'newId' | 'callCore'>

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const

const readArguments = (args: string[]) => {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: text,
        'name-ja': text,
        kind: text,
        mail: text,
        phone: text,
        contact: text,
        website: text,
        language: text,
        days: text,
        'warning-days': text,
        account: texts,
        return: texts,
        shop: text,
        key: text,
        label: text,
        'sign-in-id': text,
      },
    })
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${usage}`)
  }
}
type Values = ReturnType<typeof readArguments>['values']

const readAccount = (given: string) => {
  const at = given.indexOf('=')
  return { account: given.slice(0, at), holder: given.slice(at + 1) }
}

const readShop = (values: Values) =>
  parseFields(
    newShop,
    {
      name: values.name,
      nameJa: values['name-ja'],
      kind: values.kind,
      mailAddress: values.mail,
      phone: values.phone,
      contactAddress: values.contact,
      website: values.website,
      language: values.language,
      defaultDaysToPay: values.days === undefined ? undefined : Number(values.days),
      warningDays:
        values['warning-days'] === undefined ? undefined : Number(values['warning-days']),
      accounts: values.account?.map(readAccount),
    },
    '--',
  )

const register = async (deps: CommandDeps, values: Values) => {
  const shopId = await registerShop(deps, readShop(values))
  for (const address of values.return ?? []) await addReturnAddress(deps, { shopId, address })
  await approveShop(deps, shopId)
  return { shopId, ...(await makeApiKey(deps, { shopId, label: values.label ?? 'first key' })) }
}

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined) throw new StartError(`--${option} is missing\n${usage}`)
  return value
}

const run = async (
  deps: CommandDeps,
  command: string | undefined,
  values: Values,
): Promise<object> => {
  switch (command) {
    case 'register':
      return register(deps, values)
    case 'key': {
      const shopId = needed(values.shop, 'shop')
      return makeApiKey(deps, { shopId, label: values.label ?? 'another key' })
    }
    case 'revoke': {
      const shopId = needed(values.shop, 'shop')
      const keyId = needed(values.key, 'key')
      await revokeApiKey(deps, { shopId, keyId })
      return { revoked: keyId }
    }
    case 'return': {
      const shopId = needed(values.shop, 'shop')
      const address = needed(values.return?.[0], 'return')
      return { registered: await addReturnAddress(deps, { shopId, address }) }
    }
    case 'login': {
      const shopId = needed(values.shop, 'shop')
      const login = {
        signInId: needed(values['sign-in-id'], 'sign-in-id'),
        password: makePassword(),
      }
      await setShopLogin(deps, { shopId, ...login })
      return login
    }
    default:
      throw new StartError(usage)
  }
}

/**
 * One command on a shop, beside the staff's pages for shops. Returns what to print, as JSON; throws a
 * `StartError` in words. Whoever may run it may open a shop: nobody approves it.
 */
export const runShopCommand = async (deps: CommandDeps, args: string[]): Promise<string> => {
  const { values, positionals } = readArguments(args)
  try {
    return JSON.stringify(await run(deps, positionals[0], values))
  } catch (error) {
    if (error instanceof AppError) {
      const said = error.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`)
      throw new StartError(said.length > 0 ? said.join('\n') : error.message)
    }
    if (error instanceof NoAnswer)
      throw new StartError(`core banking (CORE_BANKING_URL) gives no answer: ${error.message}`)
    throw error
  }
}

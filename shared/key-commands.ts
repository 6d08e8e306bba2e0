import { parseArgs } from 'node:util'
import { type KeyPurpose, keyPurposes } from './key-folder.ts'
import {
  type KeyState,
  listKeys,
  publishSeconds,
  retireKeys,
  type Rotation,
  rotateKeys,
} from './key-rotation.ts'
import { denyKey, makeMissingKeys, purposesOf } from './keys.ts'
import { StartError } from './start-error.ts'

export const usage = `Usage: npm run keys -- <command> --dir <key folder>
  make    --service <name>             make the keys that the service lacks
  list                                 show the keys and what each is for now
  rotate  [--purpose <p>] [--after <s>] make the next keys: published now, signing ${publishSeconds} s later
  retire  [--kid <id>]                 remove keys that are not needed any more
  deny    --kid <id>                   refuse a key, of any service, within seconds
Services: ${Object.keys(purposesOf).join(', ')}. Purposes: ${keyPurposes.join(', ')}.
--dir may be repeated for deny, once for each service that must refuse the key; it defaults to KEYS_DIR.`

interface Options {
  dirs: string[]
  service: string | undefined
  purpose: string | undefined
  kid: string | undefined
  after: string | undefined
}

const readOptions = (args: string[], defaultDir: string | undefined) => {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        dir: { type: 'string', multiple: true },
        service: { type: 'string' },
        purpose: { type: 'string' },
        kid: { type: 'string' },
        after: { type: 'string' },
      },
    })
    const dirs = values.dir ?? (defaultDir ? [defaultDir] : [])
    const { service, purpose, kid, after } = values
    return { command: positionals, options: { dirs, service, purpose, kid, after } }
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n${usage}`)
  }
}

const oneDir = ({ dirs: [dir, ...more] }: Options): string => {
  if (!dir) throw new StartError('name the key folder: --dir <key folder>')
  if (more.length > 0) throw new StartError('name one --dir: only deny takes several')
  return dir
}

const knownService = ({ service }: Options): string => {
  if (service !== undefined && Object.hasOwn(purposesOf, service)) return service
  const known = Object.keys(purposesOf).join(', ')
  throw new StartError(
    service === undefined
      ? `name the service: --service ${known}`
      : `there is no service ${JSON.stringify(service)}: --service is one of ${known}`,
  )
}

const rotatedPurposes = (options: Options, dir: string): KeyPurpose[] => {
  const present = keyPurposes.filter((one) => listKeys(dir).keys.some((key) => key.purpose === one))
  if (options.purpose === undefined) {
    if (options.service !== undefined) return [...(purposesOf[knownService(options)] ?? [])]
    if (present.length === 0) throw new StartError(`${dir} has no keys: begin with make`)
    return present
  }
  const purpose = present.find((one) => one === options.purpose)
  if (!purpose)
    throw new StartError(`${dir} has no ${options.purpose} key: it has ${present.join(', ')}`)
  return [purpose]
}

const seconds = ({ after }: Options): number => {
  if (after === undefined) return publishSeconds
  if (!/^\d{1,8}$/.test(after)) throw new StartError('--after takes a whole number of seconds')
  return Number(after)
}

const stateInWords = (state: KeyState): string => {
  switch (state.state) {
    case 'waiting':
      return 'published, signs from then on'
    case 'signing':
      return 'signs'
    case 'kept':
      return `kept until ${state.until.toISOString()}`
    case 'to-retire':
      return 'not needed any more: retire'
    case 'denied':
      return 'denied'
  }
}

const rotationInWords = (rotation: Rotation) =>
  rotation.outcome === 'made'
    ? `${rotation.kid}  made, signs from ${rotation.signFrom.toISOString()}`
    : `${rotation.kid}  waits already, signs from ${rotation.signFrom.toISOString()}`

const list = (dir: string): string[] => {
  const { keys, denied } = listKeys(dir)
  const foreign = denied.filter((kid) => !keys.some((key) => key.kid === kid))
  return [
    ...(keys.length === 0 ? [`${dir} has no keys`] : []),
    ...keys.map(({ kid, purpose, signFrom, state }) =>
      [kid.padEnd(30), purpose.padEnd(14), signFrom.toISOString(), stateInWords(state)].join('  '),
    ),
    ...foreign.map((kid) => `${kid.padEnd(30)}  of another service         denied`),
  ]
}

const rotate = async (options: Options): Promise<string[]> => {
  const dir = oneDir(options)
  const afterSeconds = seconds(options)
  const rotations = await rotateKeys(dir, rotatedPurposes(options, dir), afterSeconds)
  return [
    ...rotations.map(rotationInWords),
    ...(afterSeconds < publishSeconds
      ? [
          `Peers may refuse calls for a few seconds: they hear of a new key within ${publishSeconds} s.`,
        ]
      : []),
  ]
}

const deny = ({ dirs, kid }: Options): string[] => {
  if (dirs.length === 0) throw new StartError('name the key folder: --dir <key folder>')
  if (!kid) throw new StartError('name the key: --kid <id>')
  return dirs.map((dir) => {
    denyKey(dir, kid)
    return listKeys(dir).keys.some((key) => key.kid === kid)
      ? `${kid}  denied in ${dir}, whose own key it is: deny it at its peers too, then rotate --after 0`
      : `${kid}  denied in ${dir}`
  })
}

/** Runs one command; returns the lines to print. Throws a `StartError` that says what is wrong. */
export const runKeysCommand = async (args: string[], defaultDir?: string): Promise<string[]> => {
  const { command, options } = readOptions(args, defaultDir)
  switch (command.join(' ')) {
    case 'make': {
      const service = knownService(options)
      const made = await makeMissingKeys(oneDir(options), service)
      return made.length === 0
        ? [`${service} has all its keys`]
        : made.map((kid) => `${kid}  made, signs from now on`)
    }
    case 'list':
      return list(oneDir(options))
    case 'rotate':
      return await rotate(options)
    case 'retire': {
      const retired = retireKeys(oneDir(options), options.kid)
      return retired.length === 0
        ? ['no key is to be retired now']
        : retired.map((kid) => `${kid}  retired: peers refuse it within a minute`)
    }
    case 'deny':
      return deny(options)
    default:
      throw new StartError(
        command.length === 0 ? usage : `no command ${command.join(' ')}\n${usage}`,
      )
  }
}

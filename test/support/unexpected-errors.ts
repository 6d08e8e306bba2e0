import { format } from 'node:util'
import { afterAll, afterEach } from 'vitest'

/** A console.error that a test did not ask for fails it. One that it expects, it spies on. */
const printed: string[] = []
const print = console.error

console.error = (...parts: unknown[]) => {
  printed.push(format(...parts))
  print(...parts)
}

const failOnErrors = () => {
  if (printed.length > 0)
    throw new Error(`console.error was called: ${printed.splice(0).join('\n')}`)
}

afterEach(failOnErrors)
afterAll(failOnErrors)

import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const services = ['claim-server', 'bank-portal', 'mock-core-banking', 'shared']
/** Minutes of killed processes: after the others, whose browsers they would starve. */
const longFaults = 'test/faults/faults.test.ts'
const common = {
  setupFiles: ['./test/support/unexpected-errors.ts'],
  restoreMocks: true,
}

export default defineConfig({
  test: {
    // One PostgreSQL for the whole run, so it belongs to no single project.
    globalSetup: ['./test/support/postgres-global.ts'],
    reporters: ['default', './test/support/final-line-reporter.ts'],
    // Much of a test is waiting: one worker, vitest's own choice on two cores, leaves half of them idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...common,
          name: 'services',
          include: services.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
          testTimeout: 10_000,
        },
      },
      {
        test: {
          ...common,
          name: 'system',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [longFaults],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...common,
          name: 'faults',
          include: [longFaults],
          sequence: { groupOrder: 1 },
          // Half of a run is waiting: two at a time keep two cores busy.
          maxConcurrency: 2,
        },
      },
    ],
  },
})

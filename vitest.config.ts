import { defineConfig } from 'vitest/config'

const services = ['claim-server', 'bank-portal', 'mock-core-banking', 'shared']
/** Minutes of killed processes: a command of their own, `npm run test:faults`. */
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
      { test: { ...common, name: 'faults', include: [longFaults] } },
    ],
  },
})

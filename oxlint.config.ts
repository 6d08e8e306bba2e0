import { defineConfig, type OxlintOverride } from 'oxlint'

/**
 * The dependency rules. oxlint lets a later override replace the options of an earlier one, so each group of
 * files below gets its whole list, put together from these parts.
 */
const services = ['claim-server', 'bank-portal', 'mock-core-banking']

type Restriction = { regex: string; message: string }

const noOtherService = (own: string): Restriction => ({
  regex: `^(\\.\\.?/)+(${services.filter((service) => service !== own).join('|')})/`,
  message:
    'Services never import each other. Call the other service through its client, or move what both need to shared/.',
})
const noService: Restriction = {
  regex: `^(\\.\\.?/)+(${services.join('|')})/`,
  message:
    'shared/ knows no service. Pass what you need as a parameter, or move the file to its service.',
}
const noTestCode: Restriction = {
  regex: '^(\\.\\.?/)+test/',
  message:
    'Only *.test.ts files import test/. Move what production needs to the service or to shared/.',
}
const sharedByName: Restriction = {
  regex: '^(\\.\\.?/)+shared/',
  message: "Import shared code by its name: '#shared/...'.",
}
const noMsw: Restriction = {
  regex: '^msw($|/)',
  message: 'msw stays under test/. Put the handler into test/mocks and import it from there.',
}
const noTables: Restriction[] = [
  {
    regex: '(\\.table|/schema)\\.ts$',
    message:
      'Routes and pages read no tables. Call a verb, which holds the query, and use the type that it returns.',
  },
  {
    regex: '^(drizzle-orm|postgres)($|/)',
    message: 'Routes and pages hold no queries. Move the query into a verb and call that.',
  },
]

const forbid = (...patterns: Restriction[]): NonNullable<OxlintOverride['rules']> => ({
  'no-restricted-imports': ['error', { patterns }],
})

const rulesOfService = (service: string) => {
  const code = [noOtherService(service), noTestCode, sharedByName, noMsw]
  return [
    { files: [`${service}/**`], rules: forbid(...code) },
    {
      files: [`${service}/**/*.routes.{ts,tsx}`, `${service}/**/*.page.tsx`],
      rules: forbid(...code, ...noTables),
    },
    {
      files: [`${service}/**/*.test.{ts,tsx}`],
      rules: forbid(noOtherService(service), sharedByName, noMsw),
    },
  ]
}

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'vitest'],
  options: { typeAware: true, denyWarnings: true },
  categories: { correctness: 'error' },
  rules: {
    eqeqeq: 'error',
    'no-console': 'error',
    'no-var': 'error',
    'prefer-const': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': ['error', { checksVoidReturn: false }],
    'typescript/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true },
    ],
    // Temporal's types are meant to be put into template literals; no-base-to-string finds the objects that are not.
    'typescript/restrict-template-expressions': 'off',
    // Our objects are closures without `this`, made to be taken apart.
    'typescript/unbound-method': 'off',
    'typescript/consistent-type-imports': 'error',
    'import/no-cycle': 'error',
    'no-restricted-properties': [
      'error',
      {
        object: 'process',
        property: 'env',
        message: 'Settings are read once, in config.ts. Take what you need from deps.config.',
      },
    ],
    'vitest/no-focused-tests': 'error',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/no-disabled-tests': 'error',
    // A property that fast-check asserts is an assertion too.
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'fc.assert'] }],
  },
  overrides: [
    ...services.flatMap(rulesOfService),
    { files: ['shared/**'], rules: forbid(noService, noTestCode, noMsw) },
    { files: ['shared/**/*.test.{ts,tsx}'], rules: forbid(noService, noMsw) },
    { files: ['test/**'], rules: { ...forbid(sharedByName), 'no-console': 'off' } },
    { files: ['**/main.ts', '**/*.main.ts', '*.config.ts'], rules: { 'no-console': 'off' } },
    {
      files: ['**/config.ts', '**/main.ts', '**/*.main.ts', 'test/**', '*.config.ts'],
      rules: { 'no-restricted-properties': 'off' },
    },
  ],
})

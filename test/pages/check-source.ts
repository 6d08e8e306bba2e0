import { HtmlValidate } from 'html-validate'
import type { Language } from '#shared/texts.ts'
import type { VisitedPage } from '../support/visitor.ts'

const markup = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // How the source is typed, which no browser and no reader sees.
    'doctype-style': 'off',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-implicit-button-type': 'off',
    'tel-non-breaking': 'off',
    // Laid out as a list on a phone, a table would lose its roles.
    'no-redundant-role': 'off',
    // A form sends a list as one name with many values.
    'form-dup-name': 'off',
    // In noscript: a payment in doubt looks again by itself where htmx can't.
    'meta-refresh': 'off',
    // hx-* attributes are htmx's.
    'no-unknown-attribute': 'off',
  },
})

/** What html-validate finds wrong with a document. */
export const checkMarkup = async (html: string): Promise<string[]> => {
  const report = await markup.validateString(html)
  return report.results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column})`,
    ),
  )
}

const ofTheOther = { en: /.*[\u3040-\u30ff\u4e00-\u9fff].*/, ja: /.{0,20}[A-Za-z]{3,}.{0,20}/ }

const leaks = /undefined|\[object|NaN|Invalid Date|\bnull\b/

/** The page's text without what is marked as being in another language. */
const ownWords = ({ root, text }: VisitedPage, language: Language): string =>
  root
    .querySelectorAll(`main [lang]:not([lang=${language}])`)
    .reduce((words, one) => words.replace(one.structuredText, ' '), text)

/** What is wrong with the words of a page: the other language's, or a value that was never meant to be read. */
export const checkWords = (page: VisitedPage, language: Language, data: RegExp): string[] => {
  // Tokens may spell anything.
  const leak = leaks.exec(page.html.replaceAll(/[\w-]{20,}/g, ''))
  const foreign = ofTheOther[language].exec(ownWords(page, language).replaceAll(data, ' '))
  const spoken = page.root.querySelector('html')?.getAttribute('lang')
  return [
    ...(leak ? [`shows ${leak[0]}`] : []),
    ...(foreign ? [`not in ${language}: ${foreign[0]}`] : []),
    ...(spoken === language ? [] : [`says that it is in ${spoken}`]),
  ]
}

/** Labels, descriptions and summaries of mistakes that point at nothing. */
export const checkReferences = ({ root }: VisitedPage): string[] => {
  const ids = new Set(root.querySelectorAll('[id]').map((element) => element.id))
  const pointing = [
    ...root.querySelectorAll('label[for]').map((one) => one.getAttribute('for') ?? ''),
    ...root
      .querySelectorAll('.error-summary a')
      .map((one) => one.getAttribute('href')?.slice(1) ?? ''),
    ...root
      .querySelectorAll('[aria-describedby]')
      .flatMap((one) => one.getAttribute('aria-describedby')?.split(' ') ?? []),
  ]
  return pointing.filter((id) => !ids.has(id)).map((id) => `points at #${id}, which is not there`)
}

import type { MailContent } from './mail-content.ts'

const separator = { en: ': ', ja: '：' }

/** The text part: the same words in the same order. */
export const textPart = (content: MailContent): string => {
  const { language, heading, amount, greeting, paragraphs, rows, link, footer } = content
  return [
    `${heading}\n${amount}`,
    greeting,
    ...paragraphs,
    rows.map(({ label, value }) => `${label}${separator[language]}${value}`).join('\n'),
    ...(link ? [`${link.label}\n${link.href}`] : []),
    `--\n${footer.join('\n')}`,
  ].join('\n\n')
}

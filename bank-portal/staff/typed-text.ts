/** What was typed into a search, as the services take it: no control characters, no blanks at its ends. */
export const typedText = (text: string | undefined, most: number): string =>
  (text ?? '')
    .normalize('NFC')
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, most)

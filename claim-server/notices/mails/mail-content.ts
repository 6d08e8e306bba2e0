import type { Language } from '#shared/texts.ts'

/** What a mail says, in order; its text and its HTML part both come from this. */
export interface MailContent {
  language: Language
  subject: string
  /** Colours the mark above the heading: what happened, in one word. */
  tone: 'ok' | 'info' | 'warn' | 'bad'
  mark: string
  greeting: string
  heading: string
  /** The amount it is about, large. */
  amount: string
  paragraphs: string[]
  rows: { label: string; value: string }[]
  /** What the reader can do about it. */
  link?: { label: string; href: string }
  /** Small print. */
  footer: string[]
}

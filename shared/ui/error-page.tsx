import type { Child, PropsWithChildren } from 'hono/jsx'
import { AppError, type ProblemCode } from '#shared/errors.ts'
import { defineTexts, type Language } from '#shared/texts.ts'
import { Outcome } from './feedback.tsx'
import { kitTexts } from './texts.ts'

const errorTexts = defineTexts({
  en: {
    notFound: {
      title: 'This page does not exist',
      text: 'The address may be incomplete, or the page may no longer be open to you.',
    },
    outOfDate: {
      title: 'This page was open too long',
      text: 'Nothing was sent or changed. Please go back, load the page again and repeat the last step.',
    },
    tooMany: {
      title: 'Too many tries',
      text: 'Please wait a few minutes before you try again.',
    },
    tooLarge: { title: 'That was too much at once', text: 'Nothing was stored.' },
    unavailable: {
      title: 'Not possible at the moment',
      text: 'Please try again in a few minutes. Nothing was changed.',
    },
    refused: {
      title: 'This request could not be accepted',
      text: 'Please go back and check what you entered. Nothing was stored.',
    },
    internal: {
      title: 'Something went wrong on our side',
      text: 'Please try again. If you were paying, look at your list first: it always shows what became of a payment.',
    },
  },
  ja: {
    notFound: {
      title: 'ページが見つかりません',
      text: 'アドレスに誤りがあるか、ページの公開が終了した可能性があります。',
    },
    outOfDate: {
      title: 'ページの有効時間が過ぎました',
      text: '送信や変更は行われていません。前のページに戻って再読み込みのうえ、もう一度お手続きください。',
    },
    tooMany: {
      title: '試行回数の上限に達しました',
      text: '数分おいてから、もう一度お試しください。',
    },
    tooLarge: { title: '送信内容が大きすぎます', text: '内容は保存されていません。' },
    unavailable: {
      title: 'ただいまご利用いただけません',
      text: 'しばらくしてから、もう一度お試しください。変更は行われていません。',
    },
    refused: {
      title: '受け付けできませんでした',
      text: '前のページに戻り、入力内容をご確認ください。内容は保存されていません。',
    },
    internal: {
      title: 'システムエラーが発生しました',
      text: 'もう一度お試しください。お支払いの途中だった場合は、まず一覧で結果をご確認ください。',
    },
  },
})

type ErrorKind = keyof ReturnType<typeof errorTexts>

const kinds: Partial<Record<ProblemCode, ErrorKind>> = {
  'not-found': 'notFound',
  'method-not-allowed': 'notFound',
  forbidden: 'outOfDate',
  'too-many-requests': 'tooMany',
  'too-large': 'tooLarge',
  'headers-too-large': 'tooLarge',
  unavailable: 'unavailable',
  timeout: 'unavailable',
  internal: 'internal',
}

/** What a page says of an error that no page of its own describes. */
export const errorWords = (error: unknown, language: Language): { title: string; text: string } => {
  const code = error instanceof AppError ? error.code : 'internal'
  return errorTexts(language)[kinds[code] ?? 'refused']
}

export type ErrorPageProps = PropsWithChildren<{
  language: Language
  title: string
  /** The request id, to read out to the bank. */
  reference?: string | undefined
  actions?: Child
  tone?: 'bad' | 'warn' | 'info'
}>

/** An error as a page: what happened, what it means, what to do. Goes inside `Layout`. */
export const ErrorPage = ({
  language,
  title,
  reference,
  actions,
  tone = 'warn',
  children,
}: ErrorPageProps) => (
  <Outcome tone={tone} title={title} actions={actions}>
    <p>{children}</p>
    {reference && (
      <p class="reference">
        {kitTexts(language).reference} <code>{reference}</code>
      </p>
    )}
  </Outcome>
)

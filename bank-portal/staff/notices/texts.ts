import { defineTexts } from '#shared/texts.ts'

export const noticesTexts = defineTexts({
  en: {
    title: 'Mails not delivered',
    intro:
      'Mails that no mail server has taken yet. Each is tried again by itself, less often each time, until it is given up.',
    none: { title: 'All mails are delivered', text: 'Nothing is waiting or given up.' },
    mail: 'Mail',
    address: 'To',
    tries: 'Tries',
    lastError: 'What the mail server said',
    next: 'Next try',
    now: 'as soon as possible',
    never: 'given up',
    resend: 'Send again',
    resendOf: (orderNumber: string) => `Send again: the mail about ${orderNumber}`,
    resent: {
      title: 'The mail goes out again',
      text: 'It keeps its message id, so that who has it already sees it once. If a try is under way just now, that one counts.',
    },
    attempts: (count: number) => (count === 1 ? '1 try' : `${count} tries`),
  },
  ja: {
    title: '未達メール',
    intro:
      'メールサーバーがまだ受け付けていないメールです。間隔をあけて自動で再送し、上限に達すると送信を終了します。',
    none: { title: '未達メールはありません', text: '送信待ち、送信終了のメールはありません。' },
    mail: 'メール',
    address: 'あて先',
    tries: '試行回数',
    lastError: 'メールサーバーの応答',
    next: '次回の送信',
    now: 'まもなく',
    never: '送信終了',
    resend: '再送する',
    resendOf: (orderNumber: string) => `${orderNumber}のメールを再送する`,
    resent: {
      title: 'メールを再送します',
      text: 'メッセージIDは変わりません。すでに届いている場合も、同じメールとして扱われます。送信中のものがある場合は、その送信が優先されます。',
    },
    attempts: (count: number) => `試行${count}回`,
  },
})

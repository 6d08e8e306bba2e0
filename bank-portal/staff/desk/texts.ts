import { defineTexts } from '#shared/texts.ts'

export const deskTexts = defineTexts({
  en: {
    title: 'Desk',
    find: 'Find a claim',
    findLabel: 'Order number',
    findHint: 'As on the customer’s list or in a mail, with or without dashes',
    findGo: 'Find',
    more: 'Search by something else',
    waiting: 'What waits for somebody',
    columns: { list: 'List', oldest: 'Oldest', count: 'Waiting' },
    count: (count: number, isMore: boolean) => (isMore ? `${count} and more` : `${count}`),
    lists: {
      inDoubt: {
        title: 'Payments in doubt',
        text: 'Without a receipt yet. Each resolves itself, as a rule within a minute.',
      },
      exceptions: {
        title: 'Exceptions',
        text: 'Paid late or twice: the money goes back by a refund that two approve.',
      },
      shops: { title: 'Shops to approve', text: 'They can’t send claims before.' },
      mails: {
        title: 'Mails not delivered',
        text: 'Tried again by themselves, or given up.',
      },
      reports: {
        title: 'Claims reported as not theirs',
        text: 'Customers declined them with that reason.',
      },
      differences: {
        title: 'Rows that differ',
        text: 'Claims, transfers or mails that don’t agree: tell those who run the claim server.',
      },
    },
  },
  ja: {
    title: '業務メニュー',
    find: '請求を探す',
    findLabel: '注文番号',
    findHint: 'お客さまの一覧またはメールに記載の番号（ハイフンは省略できます）',
    findGo: '照会する',
    more: '他の条件で探す',
    waiting: '対応が必要なもの',
    columns: { list: '一覧', oldest: '最も古い発生', count: '件数' },
    count: (count: number, isMore: boolean) => (isMore ? `${count}件以上` : `${count}件`),
    lists: {
      inDoubt: {
        title: '結果確認中の支払い',
        text: '受領証が届いていない支払いです。通常は1分以内に自動で確定します。',
      },
      exceptions: {
        title: '例外',
        text: '期限後または二重の支払いです。承認者2名の承認により返金します。',
      },
      shops: { title: '承認待ちの加盟店', text: '承認するまで請求を送信できません。' },
      mails: {
        title: '未達メール',
        text: '自動で再送中、または再送を終了したメールです。',
      },
      reports: {
        title: '身に覚えのない請求の申し出',
        text: 'お客さまが、ご自身のものではないとしてお断りになった請求です。',
      },
      differences: {
        title: '突合の不一致',
        text: '請求、振込、メールが一致しないものです。運用担当者に連絡してください。',
      },
    },
  },
})

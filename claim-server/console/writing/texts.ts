import { counted, defineTexts } from '#shared/texts.ts'

export const writingTexts = defineTexts({
  en: {
    title: 'New order',
    intro:
      'For a purchase in your shop or by phone. Your customer gets a link, signs in at the bank, accepts the order and pays it there.',
    fields: {
      description: 'Goods',
      descriptionHint: 'As your customer knows them: “A pair of shoes, size 24”',
      amount: 'Amount',
      yen: 'yen',
      category: 'Category',
      categoryHint: 'For example: shoes',
      reference: 'Your reference',
      referenceHint: 'Your own number for this order; we make one if you leave it empty.',
      timeLimit: 'Time limit',
      timeLimitHint: (days: number) =>
        `The last day to pay. Left empty: ${days === 0 ? 'today' : counted(days, 'day', 'days')}${days === 0 ? '' : ' from today'}.`,
      openFor: 'How long the link stays open',
      openForHint: 'Until then the customer must accept the order; paying can wait.',
    },
    openFor: {
      '30': '30 minutes: the customer is here',
      '1440': '1 day',
      '4320': '3 days',
      '10080': '7 days',
    },
    submit: 'Store and show the link',
    mistakes: {
      description: 'Enter what was ordered, in up to 140 characters',
      amount: 'Enter an amount in digits, such as 3,150',
      category: 'Use up to 40 characters',
      reference: 'Use up to 64 characters',
      referenceTaken: 'You have another order with this reference',
      timeLimit: 'Choose a day from today on, at most a year ahead',
    },
  },
  ja: {
    title: '注文の登録',
    intro:
      '店頭やお電話でのご注文を登録します。お客さまはリンクを開いて銀行にログインし、お支払いを予約のうえ、お支払いになります。',
    fields: {
      description: '商品',
      descriptionHint: 'お客さまに分かる名前で入力してください（例：革靴 24cm）',
      amount: '金額',
      yen: '円',
      category: '分類',
      categoryHint: '例：靴',
      reference: '貴店の管理番号',
      referenceHint: '空欄の場合は自動で番号を付けます。',
      timeLimit: 'お支払期限',
      timeLimitHint: (days) =>
        `お支払いの最終日です。空欄の場合は${days === 0 ? '本日' : `本日から${days}日後`}になります。`,
      openFor: 'リンクの有効期間',
      openForHint: 'この間にお客さまの予約が必要です。お支払いは後日でもかまいません。',
    },
    openFor: {
      '30': '30分（店頭でのご注文）',
      '1440': '1日',
      '4320': '3日',
      '10080': '7日',
    },
    submit: '登録してリンクを表示する',
    mistakes: {
      description: '商品を140文字以内で入力してください',
      amount: '金額を数字で入力してください（例：3,150）',
      category: '40文字以内で入力してください',
      reference: '64文字以内で入力してください',
      referenceTaken: 'この管理番号は別のご注文で使用されています',
      timeLimit: '本日から1年以内の日付を指定してください',
    },
  },
})

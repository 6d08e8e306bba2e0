import { defineTexts } from '#shared/texts.ts'

export const entryTexts = defineTexts({
  en: {
    title: 'Pay through your bank',
    intro: 'Check the order, then go on to your bank. Nothing is paid yet.',
    stepOrder: 'Order',
    stepSignIn: 'Sign in',
    stepAccept: 'Accept',
    stepPay: 'Pay',
    goods: 'Goods',
    orderNumber: 'Order number',
    timeLimit: 'Time limit',
    contact: 'Contact',
    next: 'What happens at your bank',
    nextText:
      'You sign in, accept the order, and choose to pay now or later. Until you accept it, nobody has a claim on you.',
    toBank: (bank: string) => `Go to ${bank}`,
    toShop: 'Back to the shop',
    openUntil: (time: string) => `This page is good until ${time}.`,
    usedTitle: 'This order is not open any more',
    usedText: (bank: string) =>
      `If you accepted it, it is on your list at ${bank}, to be paid there. If not, the time to accept it has passed or the shop has cancelled it: please order again. Nothing was paid here.`,
    unknownTitle: 'This link leads to no order',
    unknownText:
      'It may have been copied incompletely. Please go back to the shop and follow its link again. Nothing was paid.',
  },
  ja: {
    title: '銀行でのお支払い',
    intro: 'ご注文の内容をご確認のうえ、銀行の画面へお進みください。まだお支払いは行われません。',
    stepOrder: 'ご注文',
    stepSignIn: 'ログイン',
    stepAccept: '予約',
    stepPay: 'お支払い',
    goods: '商品',
    orderNumber: '注文番号',
    timeLimit: 'お支払期限',
    contact: 'お問い合わせ先',
    next: '銀行の画面でのお手続き',
    nextText:
      'ログイン後、ご注文のお支払いを予約し、今すぐ支払うか後で支払うかをお選びください。予約されるまで、ご請求は発生しません。',
    toBank: (bank: string) => `${bank}へ進む`,
    toShop: 'お店に戻る',
    openUntil: (time: string) => `この画面の有効時間は${time}までです。`,
    usedTitle: 'このご注文のお支払いは予約できません',
    usedText: (bank: string) =>
      `すでに予約された場合は、${bank}の「お支払い待ち」からお支払いください。予約されていない場合は、予約の期限を過ぎたか、お店が注文を取り消しました。お手数ですが、もう一度ご注文ください。この画面ではお支払いは行われていません。`,
    unknownTitle: 'ご注文が見つかりません',
    unknownText:
      'リンクの一部が欠けている可能性があります。お店の画面に戻り、もう一度お進みください。お支払いは行われていません。',
  },
})

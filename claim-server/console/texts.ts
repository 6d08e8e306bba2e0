import { defineTexts } from '#shared/texts.ts'

/** Words that every page of the shops' console may show. */
export const consoleTexts = defineTexts({
  en: {
    brand: 'Shop Console',
    mark: 'S',
    description: 'For shops: see what was ordered and what is paid.',
    nav: { orders: 'Orders', newOrder: 'New order', settings: 'Settings' },
    footer: (bank: string) =>
      `Payment Reservation, a service for shops of ${bank}. Questions? Ask your branch.`,
    waiting: {
      title: 'Waiting for approval',
      note: (bank: string) =>
        `${bank} is checking your registration. Orders are possible as soon as it is approved.`,
      text: (bank: string) =>
        `${bank} is checking what you registered. That usually takes one or two business days. As soon as your shop is approved, you can send orders and write them here.`,
      meanwhile: 'You can already make an API key and register return addresses.',
      settings: 'Go to the settings',
    },
    suspended: {
      title: 'Your shop is suspended',
      text: (bank: string) =>
        `${bank} has suspended your shop. New orders are not possible, and your customers can’t accept open ones. What was ordered before stays here, and can’t be paid until you are taken back. Please call your branch.`,
      orders: 'To the orders',
    },
    expired: {
      title: 'You were signed out before this arrived',
      text: 'Nothing was changed. For your safety a session ends after 15 minutes without activity.',
      signIn: 'Sign in and go on',
    },
    coreSilent:
      'The bank can’t check accounts at the moment. Nothing was stored. Please try again in a few minutes.',
    back: { orders: 'Orders', settings: 'Settings' },
    toOrders: 'To the orders',
    store: 'Store',
    cancel: 'Cancel',
    accountTypes: { ordinary: 'Ordinary', current: 'Current', savings: 'Savings' },
    account: (type: string, branch: string, number: string) =>
      `${type}, branch ${branch}, ${number}`,
    confirmPassword: 'Your password',
    confirmHint: 'To make sure that it is you.',
    passwordNotAccepted: 'This password was not accepted',
    tooManyTries: (minutes: number) =>
      `Too many tries. Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  },
  ja: {
    brand: 'ショップ管理画面',
    mark: '店',
    description: 'ご注文とご入金の状況を確認できる、ショップ向けの画面です。',
    nav: { orders: '注文一覧', newOrder: '注文の登録', settings: '設定' },
    footer: (bank) =>
      `${bank}のショップ向け「お支払い予約」サービスです。ご不明な点はお取引店へお問い合わせください。`,
    waiting: {
      title: '審査中です',
      note: (bank) =>
        `${bank}でご登録内容を審査しています。承認されますと、ご注文を受け付けられるようになります。`,
      text: (bank) =>
        `${bank}でご登録内容を審査しています。通常1～2営業日かかります。承認されますと、注文の送信とこの画面での登録をご利用いただけます。`,
      meanwhile: 'APIキーの発行と戻り先アドレスの登録は、今からご利用いただけます。',
      settings: '設定へ進む',
    },
    suspended: {
      title: 'ショップのご利用を停止しています',
      text: (bank) =>
        `${bank}により、貴店のご利用が停止されています。新しいご注文の登録と、お客さまによるお支払いの予約はできません。これまでのご注文はご覧いただけますが、停止中はお客さまがお支払いになれません。お取引店へお問い合わせください。`,
      orders: '注文一覧へ',
    },
    expired: {
      title: '送信前にログアウトしていました',
      text: '変更は行われていません。安全のため、15分間操作がない場合は自動的にログアウトします。',
      signIn: 'ログインして続ける',
    },
    coreSilent:
      'ただいま口座の確認ができません。内容は保存されていません。しばらくしてから、もう一度お試しください。',
    back: { orders: '注文一覧', settings: '設定' },
    toOrders: '注文一覧へ',
    store: '保存する',
    cancel: 'キャンセル',
    accountTypes: { ordinary: '普通', current: '当座', savings: '貯蓄' },
    account: (type, branch, number) => `${type} 支店番号${branch} 口座番号${number}`,
    confirmPassword: '現在のパスワード',
    confirmHint: 'ご本人であることを確認するため、入力してください。',
    passwordNotAccepted: 'パスワードをご確認ください',
    tooManyTries: (minutes) =>
      `試行回数の上限に達しました。約${minutes}分後にもう一度お試しください。`,
  },
})

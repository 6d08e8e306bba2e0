import { defineTexts } from '#shared/texts.ts'

/** What happened to the money, and what to do: on every page that says that something went wrong. */
export const errorTexts = defineTexts({
  en: {
    notFound: {
      title: 'This page does not exist',
      text: 'The address may be incomplete, or what it showed is not yours or no longer there. Nothing was paid or changed.',
    },
    outOfDate: {
      title: 'This page was open too long',
      text: 'It can’t be sent any more. Nothing was paid or changed by it. Open the page again and repeat the last step; a payment that you confirmed before is in your list with its result.',
    },
    noPermission: {
      title: 'This is not open to you',
      text: 'Nothing was paid or changed. If you think that this is a mistake, please call us.',
    },
    coreAway: {
      title: 'Your accounts can’t be reached at the moment',
      text: 'Balances and new payments are not possible right now. Nothing was paid by this step. Payments that you confirmed go on by themselves; your list shows their results.',
    },
    claimsAway: {
      title: 'Your list can’t be reached at the moment',
      text: 'Nothing was paid by this step, and no money is moved without the list. Payments that you confirmed keep their place; their results appear as soon as the list is back.',
    },
    tooMany: {
      title: 'Too many requests',
      text: 'For your safety we paused for a moment. Nothing was paid or changed. Please wait a minute and try again.',
    },
    tooLarge: {
      title: 'That was too much at once',
      text: 'The page sent more than we accept. Nothing was paid or changed.',
    },
    unavailable: {
      title: 'Not possible at the moment',
      text: 'Please try again in a few minutes. Nothing was paid or changed by this step. Payments that you confirmed go on by themselves.',
    },
    refused: {
      title: 'This request could not be accepted',
      text: 'Please go back and check what you entered. Nothing was paid or changed.',
    },
    internal: {
      title: 'Something went wrong on our side',
      text: 'If you were paying, look at your list before you try again: it shows what became of every payment, and nothing is ever paid twice.',
    },
    toList: 'To the list',
    again: 'Try again',
    home: 'Home',
  },
  ja: {
    notFound: {
      title: 'ページが見つかりません',
      text: 'アドレスに誤りがあるか、表示できない内容です。お支払いや変更は行われていません。',
    },
    outOfDate: {
      title: 'ページの有効時間が過ぎました',
      text: 'このページからは送信できません。この操作によるお支払いや変更は行われていません。ページを開き直して、もう一度お手続きください。確定済みのお支払いの結果は、一覧でご確認いただけます。',
    },
    noPermission: {
      title: 'このページはご利用いただけません',
      text: 'お支払いや変更は行われていません。お心当たりがない場合は、お電話でお問い合わせください。',
    },
    coreAway: {
      title: 'ただいま口座情報を確認できません',
      text: '残高の表示と新しいお支払いは、現在ご利用いただけません。この操作によるお支払いは行われていません。確定済みのお支払いはそのまま手続きを続け、結果は一覧に表示されます。',
    },
    claimsAway: {
      title: 'ただいま一覧を表示できません',
      text: 'この操作によるお支払いは行われていません。一覧が利用できない間、お金が動くことはありません。確定済みのお支払いの結果は、復旧後に一覧でご確認いただけます。',
    },
    tooMany: {
      title: 'アクセスが集中しています',
      text: '安全のため、一時的に受付を止めています。お支払いや変更は行われていません。1分ほどおいて、もう一度お試しください。',
    },
    tooLarge: {
      title: '送信内容が大きすぎます',
      text: '受け付けられる量を超えています。お支払いや変更は行われていません。',
    },
    unavailable: {
      title: 'ただいまご利用いただけません',
      text: 'しばらくしてから、もう一度お試しください。この操作によるお支払いや変更は行われていません。確定済みのお支払いは、そのまま手続きを続けます。',
    },
    refused: {
      title: '受け付けできませんでした',
      text: '前のページに戻り、入力内容をご確認ください。お支払いや変更は行われていません。',
    },
    internal: {
      title: 'システムエラーが発生しました',
      text: 'お支払いの途中だった場合は、もう一度お手続きになる前に一覧をご確認ください。すべてのお支払いの結果が表示されます。二重に支払われることはありません。',
    },
    toList: '一覧へ',
    again: 'もう一度試す',
    home: 'ホーム',
  },
})

export type ErrorKind = Exclude<keyof ReturnType<typeof errorTexts>, 'toList' | 'again' | 'home'>

import { defineTexts } from '#shared/texts.ts'

export const signInTexts = defineTexts({
  en: {
    title: 'Sign in',
    introClaims: 'See what shops and billers ask you to pay, and pay it from your account.',
    introEntry: 'Sign in to see your order and decide how to pay it.',
    byAccount: 'Sign in with your account number',
    byUser: 'Sign in with your user id',
    branch: 'Branch number',
    branchHint: '3 digits',
    accountNumber: 'Account number',
    accountNumberHint: '7 digits',
    userId: 'User id',
    password: 'Password',
    submit: 'Sign in',
    safety: 'We never ask for your password by mail or phone.',
    steps: { order: 'Order', signIn: 'Sign in', accept: 'Accept', pay: 'Pay' },
    ended: {
      title: 'You were signed out',
      text: 'That happens after 5 minutes without activity, and 30 minutes after sign-in. Whatever you had not confirmed was not paid. A payment that you did confirm is in your list with its result.',
    },
    signedOut: {
      title: 'You are signed out',
      text: 'Payments that you confirmed go on by themselves.',
    },
    mistakes: {
      branch: 'Enter the 3 digits of your branch number',
      accountNumber: 'Enter the 7 digits of your account number',
      userId: 'Enter your user id',
      password: 'Enter your password',
    },
    notAccepted: {
      title: 'These details were not accepted',
      text: 'Check the numbers and the password. Nothing was changed.',
    },
    tooMany: {
      title: 'Too many tries',
      text: (minutes: number) =>
        `For your safety, signing in with these details is paused. Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}. Nothing was changed or paid.`,
    },
    notPossible: {
      title: 'Signing in is not possible at the moment',
      text: 'Please try again in a few minutes. Nothing was changed. Payments that you confirmed go on by themselves.',
    },
    expired: {
      title: 'You were signed out before this arrived',
      nothingPaid:
        'Nothing was paid or changed by it. For your safety a session ends after 5 minutes without activity.',
      earlier:
        'If you had confirmed this payment before, signing in again leads you to its result. It is never paid twice.',
      signIn: 'Sign in and go on',
    },
  },
  ja: {
    title: 'ログイン',
    introClaims:
      'ショップや公共料金のご請求をまとめて確認し、お持ちの口座からお支払いいただけます。',
    introEntry: 'ログインすると、ご注文の内容を確認し、お支払い方法をお選びいただけます。',
    byAccount: '口座番号でログイン',
    byUser: 'ユーザーIDでログイン',
    branch: '支店番号',
    branchHint: '半角数字3桁',
    accountNumber: '口座番号',
    accountNumberHint: '半角数字7桁',
    userId: 'ユーザーID',
    password: 'ログインパスワード',
    submit: 'ログイン',
    safety: '当行がメールやお電話でパスワードをお尋ねすることはありません。',
    steps: { order: 'ご注文', signIn: 'ログイン', accept: '予約', pay: 'お支払い' },
    ended: {
      title: 'ログアウトしました',
      text: '5分間操作がない場合、またはログインから30分が経過した場合は、自動的にログアウトします。確定前のお手続きについて、お支払いは行われていません。確定済みのお支払いの結果は、一覧でご確認いただけます。',
    },
    signedOut: {
      title: 'ログアウトしました',
      text: '確定済みのお支払いは、そのまま手続きを続けます。',
    },
    mistakes: {
      branch: '支店番号を3桁の数字で入力してください',
      accountNumber: '口座番号を7桁の数字で入力してください',
      userId: 'ユーザーIDを入力してください',
      password: 'ログインパスワードを入力してください',
    },
    notAccepted: {
      title: 'ログインできませんでした',
      text: '入力内容とパスワードをご確認ください。お取引の変更は行われていません。',
    },
    tooMany: {
      title: '試行回数の上限に達しました',
      text: (minutes: number) =>
        `安全のため、この内容でのログインを一時的に停止しています。約${minutes}分後にもう一度お試しください。お支払いや変更は行われていません。`,
    },
    notPossible: {
      title: 'ただいまログインできません',
      text: 'しばらくしてから、もう一度お試しください。変更は行われていません。確定済みのお支払いは、そのまま手続きを続けます。',
    },
    expired: {
      title: '送信前にログアウトしていました',
      nothingPaid:
        'この操作によるお支払いや変更は行われていません。安全のため、5分間操作がない場合は自動的にログアウトします。',
      earlier:
        'このお支払いをすでに確定されていた場合は、再度ログインすると結果をご確認いただけます。二重に支払われることはありません。',
      signIn: 'ログインして続ける',
    },
  },
})

import { defineTexts } from '#shared/texts.ts'

export const staffSignInTexts = defineTexts({
  en: {
    title: 'Staff sign-in',
    intro: 'For clerks and approvers of the bank.',
    staffId: 'Staff id',
    password: 'Password',
    submit: 'Sign in',
    foot: 'Each sign-in is recorded. Customers sign in elsewhere.',
    customers: 'To the customers’ sign-in',
    ended: {
      title: 'You were signed out',
      text: 'That happens after 5 minutes without activity, and 30 minutes after sign-in.',
    },
    signedOut: { title: 'You are signed out', text: 'Close the browser on a shared desk.' },
    notAccepted: {
      title: 'Id and password were not accepted',
      text: 'Check both. A suspended member can’t sign in.',
    },
    notPossible: {
      title: 'Signing in is not possible at the moment',
      text: 'Core banking or the audit log does not answer. Please try again in a few minutes.',
    },
    tooMany: {
      title: 'Too many tries',
      text: (minutes: number) =>
        `Signing in is paused. Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    },
    mistakes: { staffId: 'Enter your staff id', password: 'Enter your password' },
  },
  ja: {
    title: '行員ログイン',
    intro: '担当者・承認者専用のページです。',
    staffId: '行員ID',
    password: 'パスワード',
    submit: 'ログイン',
    foot: 'ログインはすべて記録されます。お客さまのログイン画面は別にあります。',
    customers: 'お客さまのログイン画面へ',
    ended: {
      title: 'ログアウトしました',
      text: '5分間操作がない場合、またはログインから30分が経過した場合は、自動的にログアウトします。',
    },
    signedOut: {
      title: 'ログアウトしました',
      text: '共用の端末では、ブラウザーを閉じてください。',
    },
    notAccepted: {
      title: '行員IDまたはパスワードが受け付けられませんでした',
      text: '入力内容を確認してください。利用停止中の行員はログインできません。',
    },
    notPossible: {
      title: 'ただいまログインできません',
      text: '勘定系システムまたは監査ログから応答がありません。しばらくしてから、もう一度お試しください。',
    },
    tooMany: {
      title: '試行回数の上限に達しました',
      text: (minutes: number) =>
        `ログインを一時的に停止しています。${minutes}分後にもう一度お試しください。`,
    },
    mistakes: {
      staffId: '行員IDを入力してください',
      password: 'パスワードを入力してください',
    },
  },
})

import { defineTexts } from '#shared/texts.ts'

export const signInTexts = defineTexts({
  en: {
    title: 'Sign in',
    intro: 'For shops: see what was ordered and what is paid.',
    signInId: 'Sign-in id',
    password: 'Password',
    submit: 'Sign in',
    noAccount: 'Your shop is not registered yet?',
    signUp: 'Register your shop',
    safety: 'We never ask for your password by mail or phone.',
    missing: { signInId: 'Enter your sign-in id', password: 'Enter your password' },
    ended: {
      title: 'You were signed out',
      text: 'That happens after 15 minutes without activity, and 8 hours after sign-in.',
    },
    signedOut: { title: 'You are signed out', text: 'See you soon.' },
    notAccepted: {
      title: 'These details were not accepted',
      text: 'Check the sign-in id and the password. Forgotten? Ask your branch.',
    },
    tooMany: {
      title: 'Too many tries',
      text: (minutes: number) =>
        `For your safety, signing in with these details is paused. Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    },
  },
  ja: {
    title: 'ログイン',
    intro: 'ショップ向けの画面です。ご注文とご入金の状況をご確認いただけます。',
    signInId: 'ログインID',
    password: 'パスワード',
    submit: 'ログイン',
    noAccount: 'まだご登録がお済みでない場合',
    signUp: 'ショップを登録する',
    safety: 'メールやお電話でパスワードをお尋ねすることはありません。',
    missing: {
      signInId: 'ログインIDを入力してください',
      password: 'パスワードを入力してください',
    },
    ended: {
      title: 'ログアウトしました',
      text: '15分間操作がない場合、またはログインから8時間が経過した場合は、自動的にログアウトします。',
    },
    signedOut: { title: 'ログアウトしました', text: 'ご利用ありがとうございました。' },
    notAccepted: {
      title: 'ログインできませんでした',
      text: 'ログインIDとパスワードをご確認ください。お忘れの場合は、お取引店へお問い合わせください。',
    },
    tooMany: {
      title: '試行回数の上限に達しました',
      text: (minutes) =>
        `安全のため、この内容でのログインを一時的に停止しています。約${minutes}分後にもう一度お試しください。`,
    },
  },
})

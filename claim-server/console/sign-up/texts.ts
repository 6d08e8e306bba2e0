import { defineTexts } from '#shared/texts.ts'

export const signUpTexts = defineTexts({
  en: {
    title: 'Register your shop',
    intro: (bank: string) =>
      `Your customers at ${bank} see your orders in their online banking and pay them to your account there. The bank checks your registration; that usually takes one or two business days.`,
    signIn: 'Registered already? Sign in',
    shop: 'Your shop',
    name: 'Name',
    nameHint: 'As customers abroad see it, in Latin letters.',
    nameJa: 'Name in Japanese',
    contact: 'Contact',
    terms: 'Terms of payment',
    accounts: 'Your accounts',
    accountsIntro: (bank: string) =>
      `Where your customers’ payments go. ${bank} confirms that each account exists and belongs to the holder.`,
    account: (number: number) => `Account ${number}`,
    addAccount: 'Another account',
    removeAccount: 'Remove',
    removeThis: (number: number) => `Remove account ${number}`,
    login: 'How you sign in',
    signInId: 'Sign-in id',
    signInIdHint: '3 to 40 small letters and digits, also . - _ inside',
    password: 'Password',
    again: 'Password, once more',
    submit: 'Register',
    mistakes: {
      name: 'Enter your shop’s name in up to 60 characters',
      nameJa: 'Use up to 60 characters',
      signInId: 'Choose 3 to 40 letters and digits, also . - _ inside',
      signInIdTaken: 'This sign-in id is taken. Choose another one',
      accountsTaken: 'One of these accounts is registered for another payee',
      twice: 'This account is in the form already',
    },
    tooMany: {
      title: 'Too many registrations',
      text: (minutes: number) =>
        `Too many registrations were tried from here. Please try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}. Nothing was stored.`,
    },
    done: {
      title: 'Your shop is registered',
      text: (bank: string) =>
        `${bank} now checks your registration and opens your shop, usually in one or two business days. You can already sign in and set up your web shop.`,
      signIn: 'Sign in',
    },
  },
  ja: {
    title: 'ショップの登録',
    intro: (bank) =>
      `${bank}のお客さまは、貴店のご注文をインターネットバンキングで確認し、貴店の口座へお支払いになります。ご登録後、銀行の審査に通常1～2営業日かかります。`,
    signIn: '登録済みの方はこちらからログイン',
    shop: 'ショップ',
    name: '英語名',
    nameHint: '英語の画面に表示されます。ローマ字で入力してください。',
    nameJa: '日本語名',
    contact: '連絡先',
    terms: 'お支払い条件',
    accounts: '入金口座',
    accountsIntro: (bank) =>
      `お客さまのお支払いが入金される口座です。口座の有無と名義を${bank}に照会します。`,
    account: (number) => `口座 ${number}`,
    addAccount: '口座を追加する',
    removeAccount: '削除',
    removeThis: (number) => `口座 ${number} を削除`,
    login: 'ログイン',
    signInId: 'ログインID',
    signInIdHint: '半角英小文字と数字で3～40文字（途中に . - _ も使えます）',
    password: 'パスワード',
    again: 'パスワード（確認）',
    submit: '登録する',
    mistakes: {
      name: 'ショップの英語名を60文字以内で入力してください',
      nameJa: '60文字以内で入力してください',
      signInId: '半角英数字3～40文字で入力してください（途中に . - _ も使えます）',
      signInIdTaken: 'このログインIDは使用されています。別のIDを入力してください',
      accountsTaken: 'この中に、別のお支払先で登録済みの口座があります',
      twice: 'この口座はすでに入力されています',
    },
    tooMany: {
      title: '登録の試行回数が上限に達しました',
      text: (minutes) => `約${minutes}分後にもう一度お試しください。内容は保存されていません。`,
    },
    done: {
      title: 'ご登録を受け付けました',
      text: (bank) =>
        `${bank}でご登録内容を審査します（通常1～2営業日）。ログインして、ネットショップの設定を始めていただけます。`,
      signIn: 'ログインする',
    },
  },
})

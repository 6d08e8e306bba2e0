import { defineTexts } from '#shared/texts.ts'

/** What went wrong at the staff's desk, and what it means. */
export const staffErrorTexts = defineTexts({
  en: {
    notFound: {
      title: 'There is nothing at this address',
      text: 'The number or address may be mistyped, or what it showed is no longer there. Nothing was changed.',
    },
    outOfDate: {
      title: 'This page was open too long',
      text: 'It can’t be sent any more, and nothing was changed by it. Open the page again and repeat the last step.',
    },
    noPermission: {
      title: 'This is not open to you',
      text: 'Core banking does not know you with the role that this takes. Nothing was changed. If your role was changed, sign in again.',
    },
    coreAway: {
      title: 'Core banking does not answer',
      text: 'Whatever it had to decide may or may not have been done: look at the record before you repeat it. A refund is never executed twice under the same form.',
    },
    coreAwayRead: {
      title: 'Core banking does not answer',
      text: 'What it knows of customers, accounts and staff can’t be shown at the moment. Nothing was changed.',
    },
    claimsAway: {
      title: 'The claim server does not answer',
      text: 'Claims, shops and the audit log can’t be reached. Without the log nothing is changed from here.',
    },
    tooMany: { title: 'Too many requests', text: 'Please wait a minute and try again.' },
    tooLarge: { title: 'That was too much at once', text: 'Nothing was stored.' },
    unavailable: {
      title: 'Not possible at the moment',
      text: 'Please try again in a few minutes. Nothing was changed by this step.',
    },
    refused: {
      title: 'This request could not be accepted',
      text: 'Please go back and check what you entered. Nothing was changed.',
    },
    internal: {
      title: 'Something went wrong on our side',
      text: 'Look at the record before you repeat the last step.',
    },
    again: 'Try again',
    desk: 'To the desk',
    approver: {
      title: 'This takes an approver',
      text: 'You are signed in as a clerk. Ask an approver to do this with their own sign-in. Nothing was changed.',
      textOf: (names: string) => `Your roles: ${names}.`,
    },
    expired: {
      title: 'You were signed out before this arrived',
      text: 'Nothing was changed by it. A session ends after 5 minutes without activity, and 30 minutes after sign-in.',
      signIn: 'Sign in again',
    },
  },
  ja: {
    notFound: {
      title: '該当するページがありません',
      text: '番号またはアドレスに誤りがあるか、対象が存在しません。変更は行われていません。',
    },
    outOfDate: {
      title: 'ページの有効時間が過ぎました',
      text: 'このページからは送信できません。変更は行われていません。ページを開き直し、直前の操作をやり直してください。',
    },
    noPermission: {
      title: '権限がありません',
      text: '勘定系システムに、この操作に必要な権限が登録されていません。変更は行われていません。権限が変更された場合は、再度ログインしてください。',
    },
    coreAway: {
      title: '勘定系システムから応答がありません',
      text: '処理の結果が確認できません。やり直す前に、記録を確認してください。同じ画面からの返金が二重に実行されることはありません。',
    },
    coreAwayRead: {
      title: '勘定系システムから応答がありません',
      text: 'お客さま・口座・行員の情報は、現在表示できません。変更は行われていません。',
    },
    claimsAway: {
      title: '請求サーバーから応答がありません',
      text: '請求、加盟店、監査ログを参照できません。監査ログに記録できない間は、変更を行いません。',
    },
    tooMany: { title: 'アクセスが集中しています', text: '1分ほどおいて、もう一度お試しください。' },
    tooLarge: { title: '送信内容が大きすぎます', text: '内容は保存されていません。' },
    unavailable: {
      title: 'ただいまご利用いただけません',
      text: 'しばらくしてから、もう一度お試しください。この操作による変更は行われていません。',
    },
    refused: {
      title: '受け付けできませんでした',
      text: '前のページに戻り、入力内容を確認してください。変更は行われていません。',
    },
    internal: {
      title: 'システムエラーが発生しました',
      text: '直前の操作をやり直す前に、記録を確認してください。',
    },
    again: 'もう一度試す',
    desk: '業務メニューへ',
    approver: {
      title: '承認者の権限が必要です',
      text: '担当者としてログインしています。この操作は、承認者本人のログインで行ってください。変更は行われていません。',
      textOf: (names: string) => `現在の権限：${names}`,
    },
    expired: {
      title: '送信前にログアウトしました',
      text: 'この操作による変更は行われていません。5分間操作がない場合、またはログインから30分が経過した場合は、自動的にログアウトします。',
      signIn: '再度ログインする',
    },
  },
})

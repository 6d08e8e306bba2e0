import { counted, defineTexts } from '#shared/texts.ts'

const claims = (count: number) => counted(count, 'claim', 'claims')

export const paymentsTexts = defineTexts({
  en: {
    confirm: {
      title: 'Check and pay',
      back: 'Change claims or account',
      pays: (count: number) => `You pay ${claims(count)}`,
      payee: 'Paid to',
      payeeAccount: (holder: string, account: string) => `To the account of ${holder}: ${account}`,
      fee: 'Fee of this transfer',
      from: 'From account',
      day: 'Day of payment',
      sum: (count: number) => claims(count),
      fees: (count: number) => (count === 1 ? 'Fee' : `Fees of ${count} transfers`),
      saved: 'Saved by paying together',
      total: 'Total',
      after: 'Balance after',
      agree: 'Agree and pay',
      agreeText: 'Everything above is paid at once, or nothing of it.',
      accountNumber: 'Account number',
      accountNumberHint: (last: string) => `The 7 digits of the account that ends in ${last}`,
      password: 'Password',
      pay: (amount: string) => `Pay ${amount}`,
      leftOut: (count: number) =>
        count === 1
          ? 'One of the claims you chose can’t be paid any more. It is left out here.'
          : `${count} of the claims you chose can’t be paid any more. They are left out here.`,
      mistakes: {
        accountNumber: 'Enter the 7 digits of your account number',
        password: 'Enter your password',
      },
    },
    changed: {
      title: 'Something has changed: please check again',
      text: 'Nothing was paid. This is what is different now:',
      day: (from: string, to: string) => `the day of payment: ${to} instead of ${from}`,
      holder: (account: string, to: string) => `the holder of account ${account} is now ${to}`,
      payeeAccount: (payee: string) => `${payee} is paid to another account`,
      amount: (payee: string, from: string, to: string) => `${payee}: ${to} instead of ${from}`,
      fee: (from: string, to: string) => `the fees: ${to} instead of ${from}`,
      gone: (number: string) => `claim ${number} can’t be paid any more`,
      tookLong: 'your password was valid for 5 minutes, which have passed',
      other: 'the details of the payment were renewed',
    },
    notPayable: {
      title: 'These claims can’t be paid now',
      text: 'They were paid, cancelled or reached their time limit meanwhile, or their shop is on hold. Nothing was paid by this.',
      mixedTitle: 'These claims have different currencies',
      mixedText: 'Choose the claims of one currency at a time. Nothing was paid.',
      noAccountsTitle: 'No account to pay from',
      noAccountsText:
        'Nothing was paid. None of your accounts is open for payments. Please call us.',
      accountOffTitle: 'This account does not pay claims',
      accountOffText:
        'You have chosen other accounts to pay from. Nothing was paid. Choose one of those on the list, or change your choice under Accounts.',
      noHolderTitle: 'An account of the shop can’t be paid',
      noHolderText:
        'The bank does not find the account that the shop wants to be paid to. Nothing was paid. Please ask the shop, or call us.',
    },
    password: {
      title: 'These details were not accepted',
      text: 'The account number or the password does not match. Check both and try again.',
      triesLeft: (count: number) =>
        count === 1
          ? 'One try is left. After that, payments are locked for 30 minutes.'
          : `${count} tries are left before payments are locked for 30 minutes.`,
      details: 'See once more what you pay',
      status: 'See the status of this payment',
      statusText: 'If you confirmed this payment before, its status says what became of it:',
      again: 'Try again',
    },
    locked: {
      title: 'Payments are locked',
      text: (time: string) =>
        `The account number or the password was wrong too many times. For your safety, no payment can be confirmed until ${time}.`,
      now: 'That was the last try: the account number or the password was wrong too many times. For your safety, no payment can be confirmed for 30 minutes.',
      money:
        'This payment was not started now. Your claims wait in your list until their time limit. If a time limit is near, call us: we can lift the lock.',
    },
    taken: {
      title: 'Not paid: a claim is not free any more',
      oneTitle: 'This claim is being paid in another window',
      text: 'Nothing was paid by this confirmation, and none of your money is held by it.',
      paying: 'is being paid in another window',
      settled: 'is paid already',
      expired: 'reached its time limit',
      cancelled: 'was cancelled by the shop',
      declined: 'was declined',
      other: 'can’t be paid now',
      toPayment: 'To that payment',
      toRecord: 'To its payment record',
      again: 'Choose again',
    },
    notPossible: {
      title: 'Not possible at the moment',
      text: 'Nothing was paid. The bank’s systems did not answer in time. Your claims wait in your list.',
      again: 'Try again',
    },
    otherContent: {
      title: 'This confirmation was used before',
      text: 'Under its number another payment was confirmed. Nothing more was paid.',
    },
    badForm: {
      title: 'This confirmation can’t be used',
      text: 'The page was changed or sent incompletely. Nothing was paid. Please choose your claims again.',
    },
    status: {
      title: 'Payment',
      paying: {
        title: 'Your bank is executing the payment',
        text: 'This takes a moment. You may leave this page: the result also appears in your list.',
      },
      doubt: {
        title: 'We are checking whether the payment was executed',
        text: 'Do not pay again: these claims stay reserved. The result appears here and in your list.',
        list: 'To the list',
        refresh: 'Check again',
      },
      settled: {
        title: 'Paid',
        text: (count: number, time: string) =>
          count === 1
            ? `Paid on ${time}. The shop is told.`
            : `${count} claims paid on ${time}. The shops are told.`,
        balanceAfter: 'Balance now',
        left: (sum: string) => `Still to pay: ${sum}`,
        leftNone: 'Nothing is left to pay.',
        more: 'Pay more',
        finish: 'Finish',
        record: 'Payment record',
      },
      refused: {
        title: 'Not paid',
        none: (count: number) =>
          count === 1
            ? 'The claim was not paid. It is open again in your list.'
            : `None of the ${count} claims was paid. They are open again in your list.`,
        reasons: {
          'submitted-late': 'The bank received the payment too late to execute it.',
          'not-authorised': 'The bank could not confirm that you agreed to this payment.',
          'already-paid': 'One of the claims had been paid already.',
          'insufficient-funds': 'The balance was short.',
          'account-closed': 'The account is closed.',
          'payee-not-found': 'The account of the shop does not exist any more.',
        },
        shortBy: (amount: string) => `The balance was short by ${amount}.`,
        part: 'See which of them can be paid',
        again: 'Choose again',
      },
      voided: {
        title: 'Not paid',
        text: 'The payment was not executed, and it never will be. Your claims are open again.',
      },
      past: 'The payment was not executed, and it never will be. What became of its claims is shown below.',
      exception: {
        title: 'Received, but the claim was no longer open',
        text: 'The bank received this payment, but the claim was no longer open. Staff are preparing a refund. You need not do anything.',
        refundedText:
          'The bank received this payment, but the claim was no longer open. The amount was paid back to your account.',
        case: 'Case',
        refund: 'refund in preparation',
        refunded: 'paid back',
      },
      unknown: {
        title: 'This payment was not started',
        text: 'Nothing was paid under this number. Your claims are in your list.',
        recheck:
          'If you confirmed it just now in another window, check again in a minute before you pay.',
        refresh: 'Check again',
      },
      away: {
        title: 'The result can’t be shown at the moment',
        text: 'If you confirmed this payment, it goes on by itself. Do not pay again: the result appears here and in your list.',
      },
      claims: 'Claims of this payment',
      from: 'From account',
      transfer: 'Transfer',
      group: 'Group number',
      fee: 'Fee',
      total: 'Total',
      reference: 'Reference',
      day: 'Day of payment',
    },
  },
  ja: {
    confirm: {
      title: 'お支払い内容の確認',
      back: 'ご請求・口座を変更する',
      pays: (count: number) => `${count}件のお支払い`,
      payee: 'お支払先',
      payeeAccount: (holder: string, account: string) => `受取口座：${account}（${holder} 名義）`,
      fee: '振込手数料',
      from: 'お支払口座',
      day: 'お支払日',
      sum: (count: number) => `ご請求 ${count}件`,
      fees: (_count: number) => '手数料',
      saved: 'まとめ払いで節約',
      total: '合計',
      after: 'お支払い後の残高',
      agree: 'お支払いの確定',
      agreeText: '上記の内容を一括してお支払いします。一部だけが支払われることはありません。',
      accountNumber: '口座番号',
      accountNumberHint: (last: string) => `末尾が${last}の口座番号7桁`,
      password: 'ログインパスワード',
      pay: (amount: string) => `${amount}を支払う`,
      leftOut: (count: number) =>
        `選択されたご請求のうち${count}件は、お支払いいただけなくなったため除外しました。`,
      mistakes: {
        accountNumber: '口座番号を7桁の数字で入力してください',
        password: 'ログインパスワードを入力してください',
      },
    },
    changed: {
      title: '内容が変わりました。もう一度ご確認ください',
      text: 'お支払いは行われていません。変更点は次のとおりです。',
      day: (from: string, to: string) => `お支払日：${from} から ${to} へ`,
      holder: (account: string, to: string) => `受取口座（${account}）の名義：${to}`,
      payeeAccount: (payee: string) => `${payee}の受取口座が変わりました`,
      amount: (payee: string, from: string, to: string) => `${payee}：${from} から ${to} へ`,
      fee: (from: string, to: string) => `手数料：${from} から ${to} へ`,
      gone: (number: string) => `注文番号 ${number} はお支払いいただけなくなりました`,
      tookLong: 'ログインパスワードの入力から5分が過ぎました',
      other: 'お支払いの内容を更新しました',
    },
    notPayable: {
      title: 'このご請求はお支払いいただけません',
      text: 'すでにお支払い済みか、取り消されたか、期限を過ぎているか、保留中です。この操作によるお支払いは行われていません。',
      mixedTitle: '通貨の異なるご請求が含まれています',
      mixedText: '通貨ごとに選択してください。お支払いは行われていません。',
      noAccountsTitle: 'お支払いにご利用いただける口座がありません',
      noAccountsText: 'お支払いは行われていません。お手数ですが、お電話でお問い合わせください。',
      accountOffTitle: 'この口座はお支払いに使わない設定です',
      accountOffText:
        'お支払いは行われていません。一覧で別の口座を選択するか、「口座」で設定を変更してください。',
      noHolderTitle: 'お店の受取口座が確認できません',
      noHolderText:
        'お店が指定した受取口座を当行で確認できませんでした。お支払いは行われていません。お店または当行までお問い合わせください。',
    },
    password: {
      title: '入力内容をご確認ください',
      text: '口座番号またはログインパスワードが正しくありません。ご確認のうえ、もう一度入力してください。',
      triesLeft: (count: number) => `あと${count}回誤ると、お支払いの手続きが30分間停止されます。`,
      details: 'お支払い内容を見直す',
      status: 'このお支払いの状況を見る',
      statusText: '以前にこのお支払いを確定された場合は、次のページで結果をご確認いただけます。',
      again: 'もう一度入力する',
    },
    locked: {
      title: 'お支払いの手続きを停止しています',
      text: (time: string) =>
        `口座番号またはログインパスワードの誤りが続きました。安全のため、${time}までお支払いを確定できません。`,
      now: '口座番号またはログインパスワードの誤りが上限回数に達しました。安全のため、今から30分間お支払いを確定できません。',
      money:
        '今回のお支払いの手続きは始まっていません。ご請求はお支払期限まで一覧に残ります。期限が近い場合はお電話ください。停止を解除いたします。',
    },
    taken: {
      title: 'お支払いできませんでした',
      oneTitle: 'このご請求は別の画面でお支払い手続き中です',
      text: '今回の確定によるお支払いは行われていません。',
      paying: '別の画面でお支払い手続き中です',
      settled: 'すでにお支払い済みです',
      expired: 'お支払期限を過ぎました',
      cancelled: 'お店が取り消しました',
      declined: 'お断り済みです',
      other: 'お支払いいただけません',
      toPayment: 'そのお支払いを見る',
      toRecord: 'お支払い明細を見る',
      again: '選び直す',
    },
    notPossible: {
      title: 'ただいまお手続きできません',
      text: 'お支払いは行われていません。銀行のシステムから応答がありませんでした。ご請求は一覧に残っています。',
      again: 'もう一度試す',
    },
    otherContent: {
      title: 'この確認画面はすでに使用されています',
      text: 'この番号で別のお支払いが確定されています。これ以上のお支払いは行われていません。',
    },
    badForm: {
      title: 'この確認画面は使用できません',
      text: '内容が書き換えられたか、途中で送信されました。お支払いは行われていません。もう一度ご請求を選択してください。',
    },
    status: {
      title: 'お支払い',
      paying: {
        title: 'お支払いを実行しています',
        text: 'しばらくお待ちください。このページを閉じても、結果は一覧でご確認いただけます。',
      },
      doubt: {
        title: 'お支払いが実行されたかを確認しています',
        text: 'もう一度お支払いにならないでください。ご請求はこのお支払いのために確保されています。結果はこのページと一覧に表示されます。',
        list: '一覧へ',
        refresh: '最新の状況を見る',
      },
      settled: {
        title: 'お支払いが完了しました',
        text: (count: number, time: string) =>
          `${time}に${count}件のお支払いが完了し、お店に通知しました。`,
        balanceAfter: '現在の残高',
        left: (sum: string) => `お支払い待ち：${sum}`,
        leftNone: 'お支払い待ちのご請求はありません。',
        more: '続けて支払う',
        finish: '終了する',
        record: 'お支払い明細',
      },
      refused: {
        title: 'お支払いできませんでした',
        none: (count: number) =>
          count === 1
            ? 'ご請求は支払われていません。お支払い待ちの一覧に戻りました。'
            : `${count}件のご請求は、いずれも支払われていません。お支払い待ちの一覧に戻りました。`,
        reasons: {
          'submitted-late': 'お支払いの処理が時間内に完了しませんでした。',
          'not-authorised': 'お客さまの承認を確認できませんでした。',
          'already-paid': 'すでに支払われたご請求が含まれていました。',
          'insufficient-funds': '残高が不足していました。',
          'account-closed': 'お支払口座は解約されています。',
          'payee-not-found': 'お店の受取口座が存在しません。',
        },
        shortBy: (amount: string) => `残高が${amount}不足していました。`,
        part: 'お支払いできる分を確認する',
        again: '選び直す',
      },
      voided: {
        title: 'お支払いは行われませんでした',
        text: 'このお支払いは実行されておらず、今後実行されることもありません。ご請求はお支払い待ちに戻りました。',
      },
      past: 'このお支払いは実行されておらず、今後実行されることもありません。ご請求の現在の状況は、下記をご確認ください。',
      exception: {
        title: 'ご請求はすでに終了していました',
        text: 'お支払いは銀行で受け付けましたが、対象のご請求はすでに終了していました。返金の手続きを進めています。お客さまのお手続きは不要です。',
        refundedText:
          'お支払いは銀行で受け付けましたが、対象のご請求はすでに終了していました。お支払いいただいた金額は、お客さまの口座に返金しました。',
        case: '受付番号',
        refund: '返金手続き中',
        refunded: '返金済み',
      },
      unknown: {
        title: 'このお支払いは始まっていません',
        text: 'この番号でのお支払いは行われていません。ご請求は一覧でご確認いただけます。',
        recheck:
          '別の画面で確定された直後の場合は、1分ほどおいて最新の状況をご確認のうえ、お手続きください。',
        refresh: '最新の状況を見る',
      },
      away: {
        title: 'ただいま結果を表示できません',
        text: '確定済みのお支払いは、そのまま手続きを続けます。もう一度お支払いにならないでください。結果はこのページと一覧に表示されます。',
      },
      claims: 'このお支払いのご請求',
      from: 'お支払口座',
      transfer: '振込番号',
      group: 'グループ番号',
      fee: '手数料',
      total: '合計',
      reference: '照会番号',
      day: 'お支払日',
    },
  },
})

import { defineTexts } from '#shared/texts.ts'

/** What most sentences name. */
interface Named {
  orderNumber: string
  amount: string
  shop: string
  bank: string
  timeLimit: string
}

/** Every mail's words. Subjects hold order number and amount, so that a list of mails can be searched. */
export const mailTexts = defineTexts({
  en: {
    toCustomer: (name: string) => `Dear ${name},`,
    toAnybody: 'Dear customer,',
    toShop: (name: string) => `To ${name},`,
    footer: (bank: string) =>
      `Sent automatically by the payment reservation service of ${bank}. Please do not reply.`,
    neverAsked: 'We never ask for a password or an account number by mail.',
    labels: {
      orderNumber: 'Order number',
      shopOrderRef: 'Your reference',
      shop: 'Shop',
      biller: 'Biller',
      description: 'Goods',
      claimed: 'For',
      orderedOn: 'Ordered on',
      timeLimit: 'Pay by',
      timeLimitPassed: 'Time limit',
      reason: 'Reason',
      paidOn: 'Paid on',
      payerAccount: 'Paid from',
      payeeAccount: 'Paid to',
      transferId: 'Transfer',
      groupNumber: 'Group number',
      group: 'Whole transfer',
      reference: 'Payment',
      refundedOn: 'Paid back on',
      refundedFrom: 'Paid back from',
      refundedTo: 'Paid back to',
      openUntil: 'Link open until',
      contact: 'Questions to',
    },
    groupOf: (count: number, amount: string) => `${count} orders, ${amount}`,
    link: (bank: string) => `Go to ${bank} online banking`,
    orderReceived: {
      mark: 'Reserved',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `Order ${orderNumber} reserved: ${amount} to pay to ${shop}`,
        heading: 'Your order is reserved',
        body: ({ bank, timeLimit }: Named) =>
          `You accepted this order. Pay it in ${bank} online banking by the end of ${timeLimit}, now or later, from the account of your choice. You confirm with your account number and password.`,
      },
      shop: {
        subject: ({ orderNumber, amount }: Named) =>
          `Order ${orderNumber} received, not paid yet: ${amount}`,
        heading: 'Order received',
        body: ({ bank, timeLimit }: Named) =>
          `Your customer accepted this order at ${bank} and can pay it until the end of ${timeLimit}. It is not paid yet: we write to you as soon as it is.`,
      },
    },
    settled: {
      mark: 'Paid',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `Paid: ${amount} to ${shop}, order ${orderNumber}`,
        heading: 'Your payment is complete',
        body: ({ bank, shop }: Named) =>
          `${bank} has paid this order, and ${shop} has been told. You need do nothing more.`,
      },
      shop: {
        subject: ({ orderNumber, amount }: Named) => `Order ${orderNumber} is paid: ${amount}`,
        heading: 'Order paid',
        body: ({ bank }: Named) =>
          `Your customer paid this order through ${bank}. The amount is on your account, and the order is marked as settled.`,
      },
    },
    warning: {
      mark: 'Time limit',
      customer: {
        subject: ({ orderNumber, amount, shop, timeLimit }: Named) =>
          `Pay by ${timeLimit}: ${amount} to ${shop}, order ${orderNumber}`,
        heading: 'The time limit is near',
        body: ({ bank, timeLimit }: Named) =>
          `This order is not paid yet. Please pay it in ${bank} online banking by the end of ${timeLimit}. After that it expires and can’t be paid any more.`,
      },
      shop: {
        subject: ({ orderNumber, amount, timeLimit }: Named) =>
          `Order ${orderNumber} not paid yet, time limit ${timeLimit}: ${amount}`,
        heading: 'The time limit is near',
        body: ({ timeLimit }: Named) =>
          `This order is not paid yet. We have reminded your customer. It can be paid until the end of ${timeLimit}; we write to you if it expires.`,
      },
    },
    expired: {
      mark: 'Expired',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `Order ${orderNumber} has expired: ${amount} to ${shop} was not paid`,
        heading: 'The time limit has passed',
        body: ({ timeLimit, shop }: Named) =>
          `This order was not paid by ${timeLimit}, so it can’t be paid any more. Nothing was taken from your accounts. If you still want to pay, ask ${shop}: it can open the order again for 30 days.`,
      },
      shop: {
        subject: ({ orderNumber, amount }: Named) =>
          `Order ${orderNumber} has expired: ${amount} was not paid`,
        heading: 'The time limit has passed',
        body: ({ timeLimit }: Named) =>
          `Your customer did not pay this order by ${timeLimit}, so it can’t be paid any more. For 30 days you can open it again under the same number, with a new time limit.`,
      },
    },
    cancelled: {
      mark: 'Cancelled',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `Order ${orderNumber} cancelled by ${shop}: ${amount} is not to be paid`,
        heading: 'The shop cancelled this order',
        body: ({ shop }: Named) =>
          `${shop} cancelled this order, so there is nothing to pay. Nothing was taken from your accounts.`,
      },
      shop: {
        subject: ({ orderNumber, amount }: Named) => `Order ${orderNumber} is cancelled: ${amount}`,
        heading: 'You cancelled this order',
        body: () => 'Your customer has been told and can’t pay it any more.',
      },
    },
    declined: {
      mark: 'Declined',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `You declined order ${orderNumber}: ${amount} to ${shop}`,
        heading: 'You declined this claim',
        body: ({ shop, bank }: Named) =>
          `${shop} has been told the reason below. There is nothing to pay, and nothing was taken from your accounts. If it was not you who declined, please tell ${bank}.`,
      },
      shop: {
        subject: ({ orderNumber, amount }: Named) =>
          `Order ${orderNumber} declined by the customer: ${amount}`,
        heading: 'Your customer declined this claim',
        body: () =>
          'It can’t be paid any more. Please agree with your customer on what comes next.',
      },
    },
    revived: {
      mark: 'Open again',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `Order ${orderNumber} can be paid again: ${amount} to ${shop}`,
        heading: 'This order can be paid again',
        body: ({ shop, bank, timeLimit }: Named) =>
          `${shop} opened this order again. Pay it in ${bank} online banking by the end of ${timeLimit}.`,
      },
    },
    newClaim: {
      mark: 'New claim',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `New claim from ${shop}: ${amount}, number ${orderNumber}`,
        heading: 'You have a new claim',
        body: ({ shop, bank, timeLimit }: Named) =>
          `${shop} sent you a claim. See it in ${bank} online banking and pay it by the end of ${timeLimit}.`,
      },
    },
    paidLate: {
      mark: 'Being checked',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `Your payment of ${amount} to ${shop} is being checked, order ${orderNumber}`,
        heading: 'Your payment is being checked',
        body: ({ bank }: Named) =>
          `The bank executed this payment, but the order was no longer open. The staff of ${bank} are preparing a refund. You need do nothing; please do not pay again.`,
      },
      shop: {
        subject: ({ orderNumber, amount }: Named) =>
          `Order ${orderNumber}: ${amount} received, but the order was not open`,
        heading: 'Payment for an order that was not open',
        body: ({ bank }: Named) =>
          `This amount reached your account although the order was no longer open. The staff of ${bank} are preparing to pay it back to your customer. Please do not deliver anything for it.`,
      },
    },
    refunded: {
      mark: 'Paid back',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `Refund: ${amount} from ${shop}, order ${orderNumber}`,
        heading: 'You got money back',
        body: ({ bank }: Named) =>
          `${bank} has paid this amount back to the account from which you had paid. You need do nothing more.`,
      },
      shop: {
        subject: ({ orderNumber, amount }: Named) =>
          `Order ${orderNumber}: ${amount} paid back to your customer`,
        heading: 'Paid back to your customer',
        body: ({ bank }: Named) =>
          `The staff of ${bank} have paid this amount back from your account to your customer. You need do nothing more.`,
      },
    },
    entryLink: {
      mark: 'Your order',
      button: 'See the order',
      customer: {
        subject: ({ orderNumber, amount, shop }: Named) =>
          `Your order ${orderNumber} at ${shop}: ${amount}`,
        heading: 'Your order is ready to be accepted',
        body: ({ shop, bank }: Named) =>
          `${shop} wrote down this order for you. Open the link, sign in at ${bank} and accept it; then pay it now or later, from the account of your choice. If you ordered nothing there, leave this mail alone: nothing happens without your sign-in.`,
      },
    },
  },
  ja: {
    toCustomer: (name) => `${name} 様`,
    toAnybody: 'お客さま',
    toShop: (name) => `${name} 御中`,
    footer: (bank) =>
      `このメールは${bank}のお支払い予約サービスから自動でお送りしています。ご返信いただいてもお答えできません。`,
    neverAsked: 'メールで暗証番号・パスワードや口座番号をお尋ねすることは一切ございません。',
    labels: {
      orderNumber: '注文番号',
      shopOrderRef: '貴店の管理番号',
      shop: 'ショップ',
      biller: 'ご請求元',
      description: '商品',
      claimed: 'ご請求内容',
      orderedOn: 'ご注文日',
      timeLimit: 'お支払期限',
      timeLimitPassed: 'お支払期限',
      reason: '理由',
      paidOn: 'お支払い日時',
      payerAccount: '引落口座',
      payeeAccount: '入金口座',
      transferId: '振込番号',
      groupNumber: 'グループ番号',
      group: '振込全体',
      reference: '照会番号',
      refundedOn: '返金日時',
      refundedFrom: '返金元口座',
      refundedTo: '返金先口座',
      openUntil: 'リンクの有効期限',
      contact: 'お問い合わせ先',
    },
    groupOf: (count, amount) => `注文${count}件 合計${amount}`,
    link: (bank) => `${bank}インターネットバンキングへ`,
    orderReceived: {
      mark: 'お支払い予約',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【お支払い予約受付】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'お支払い予約を承りました',
        body: ({ bank, timeLimit }) =>
          `下記のご注文のお支払い予約を承りました。${timeLimit}中に、${bank}インターネットバンキングでお支払いください。今すぐでも後日でも、ご希望の口座からお支払いいただけます。確定の際は、口座番号とログインパスワードをご入力ください。`,
      },
      shop: {
        subject: ({ orderNumber, amount }) =>
          `【お支払い予約・未入金】注文番号 ${orderNumber} ${amount}`,
        heading: 'お客さまがお支払いを予約されました',
        body: ({ bank, timeLimit }) =>
          `お客さまが${bank}で下記のご注文のお支払いを予約されました。お支払期限は${timeLimit}です。まだ入金されておりません。入金があり次第、あらためてご連絡いたします。`,
      },
    },
    settled: {
      mark: 'お支払い完了',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【お支払い完了】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'お支払いが完了しました',
        body: ({ bank, shop }) =>
          `下記のご注文のお支払いが${bank}で完了し、${shop}にも通知いたしました。お客さまのお手続きはこれで終わりです。`,
      },
      shop: {
        subject: ({ orderNumber, amount }) => `【入金済み】注文番号 ${orderNumber} ${amount}`,
        heading: 'ご注文の代金が支払われました',
        body: ({ bank }) =>
          `お客さまが${bank}を通じて下記のご注文の代金をお支払いになりました。代金は貴店の口座に入金され、ご注文は入金済みとなっています。`,
      },
    },
    warning: {
      mark: '期限間近',
      customer: {
        subject: ({ orderNumber, amount, shop, timeLimit }) =>
          `【お支払期限 ${timeLimit}】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'お支払期限が近づいています',
        body: ({ bank, timeLimit }) =>
          `下記のご注文はまだお支払いいただいておりません。${timeLimit}中に、${bank}インターネットバンキングでお支払いください。期限を過ぎますと、お支払いいただけなくなります。`,
      },
      shop: {
        subject: ({ orderNumber, amount, timeLimit }) =>
          `【未入金・期限 ${timeLimit}】注文番号 ${orderNumber} ${amount}`,
        heading: 'お支払期限が近づいています',
        body: ({ timeLimit }) =>
          `下記のご注文はまだ入金されておりません。お客さまにはお知らせをお送りしました。お支払期限は${timeLimit}です。期限切れとなった場合は、あらためてご連絡いたします。`,
      },
    },
    expired: {
      mark: '期限切れ',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【期限切れ】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'お支払期限が過ぎました',
        body: ({ timeLimit, shop }) =>
          `下記のご注文は、お支払期限の${timeLimit}までにお支払いがなかったため、お支払いいただけなくなりました。口座からの引き落としはございません。お支払いをご希望の場合は${shop}へお問い合わせください。30日以内であれば、同じ注文番号で再開できます。`,
      },
      shop: {
        subject: ({ orderNumber, amount }) =>
          `【期限切れ・未入金】注文番号 ${orderNumber} ${amount}`,
        heading: 'お支払期限が過ぎました',
        body: ({ timeLimit }) =>
          `下記のご注文は、お支払期限の${timeLimit}までに入金がなかったため、お支払いの受付を終了しました。30日以内であれば、新しい期限を設けて同じ注文番号で再開できます。`,
      },
    },
    cancelled: {
      mark: '取消',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【注文取消】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'ショップがご注文を取り消しました',
        body: ({ shop }) =>
          `${shop}が下記のご注文を取り消しました。お支払いの必要はございません。口座からの引き落としもございません。`,
      },
      shop: {
        subject: ({ orderNumber, amount }) => `【注文取消】注文番号 ${orderNumber} ${amount}`,
        heading: 'ご注文を取り消しました',
        body: () => 'お客さまへお知らせいたしました。このご注文はお支払いいただけなくなりました。',
      },
    },
    declined: {
      mark: 'お断り',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【お断りの控え】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'ご請求をお断りになりました',
        body: ({ shop, bank }) =>
          `下記の理由を${shop}にお知らせいたしました。お支払いの必要はなく、口座からの引き落としもございません。お心当たりのない場合は、${bank}までご連絡ください。`,
      },
      shop: {
        subject: ({ orderNumber, amount }) =>
          `【お客さまによるお断り】注文番号 ${orderNumber} ${amount}`,
        heading: 'お客さまがご請求をお断りになりました',
        body: () =>
          'このご請求はお支払いいただけなくなりました。今後のお手続きはお客さまとご相談ください。',
      },
    },
    revived: {
      mark: '再開',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【お支払い再開】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'ふたたびお支払いいただけます',
        body: ({ shop, bank, timeLimit }) =>
          `${shop}が下記のご注文を再開しました。${timeLimit}中に、${bank}インターネットバンキングでお支払いください。`,
      },
    },
    newClaim: {
      mark: '新しいご請求',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【新しいご請求】${shop} ${amount}（番号 ${orderNumber}）`,
        heading: '新しいご請求が届きました',
        body: ({ shop, bank, timeLimit }) =>
          `${shop}からご請求が届きました。${bank}インターネットバンキングでご確認のうえ、${timeLimit}中にお支払いください。`,
      },
    },
    paidLate: {
      mark: '確認中',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【お支払い確認中】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'お支払いを確認しています',
        body: ({ bank }) =>
          `お支払いは実行されましたが、ご注文はすでに受付を終了していました。${bank}の担当者が返金の手続きを進めております。お客さまのお手続きは必要ございません。もう一度お支払いにならないようお願いいたします。`,
      },
      shop: {
        subject: ({ orderNumber, amount }) =>
          `【受付終了後の入金】注文番号 ${orderNumber} ${amount}`,
        heading: '受付終了後のご注文に入金がありました',
        body: ({ bank }) =>
          `下記の代金が貴店の口座に入金されましたが、ご注文はすでに受付を終了していました。${bank}の担当者がお客さまへの返金の手続きを進めております。この入金に対する商品の発送はお控えください。`,
      },
    },
    refunded: {
      mark: '返金',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【ご返金】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'ご返金いたしました',
        body: ({ bank }) =>
          `${bank}が、お支払いいただいた口座へ下記の金額をお戻しいたしました。お客さまのお手続きは必要ございません。`,
      },
      shop: {
        subject: ({ orderNumber, amount }) =>
          `【お客さまへの返金】注文番号 ${orderNumber} ${amount}`,
        heading: 'お客さまへ返金いたしました',
        body: ({ bank }) =>
          `${bank}の担当者が、貴店の口座からお客さまの口座へ下記の金額を返金いたしました。貴店のお手続きは必要ございません。`,
      },
    },
    entryLink: {
      mark: 'ご注文',
      button: 'ご注文を確認する',
      customer: {
        subject: ({ orderNumber, amount, shop }) =>
          `【お支払い予約のお願い】${shop} ${amount}（注文番号 ${orderNumber}）`,
        heading: 'ご注文のお支払いをご予約ください',
        body: ({ shop, bank }) =>
          `${shop}がご注文を承りました。下のリンクを開き、${bank}にログインしてお支払いを予約してください。今すぐでも後日でも、ご希望の口座からお支払いいただけます。お心当たりのない場合は、このメールを破棄してください。ログインされない限り、お支払いは発生いたしません。`,
      },
    },
  },
})

import { defineTexts } from '#shared/texts.ts'

export const orderTexts = defineTexts({
  en: {
    checkout: {
      title: 'Checkout',
      errors: 'Please check these entries',
      delivery: 'Where shall we send it?',
      name: 'Name',
      nameHint: 'As on your doorbell',
      address: 'Address',
      phone: 'Phone',
      phoneHint: 'For the driver, on the day',
      payment: 'How would you like to pay?',
      bank: 'Pay through my bank: payment reservation',
      bankText:
        'You accept the order in your online banking and pay there, now or later. No card is needed.',
      bankAway: 'Not set up yet',
      cash: 'Cash on delivery',
      cashText: 'Pay the driver at your door.',
      card: 'Credit card',
      store: 'Convenience store',
      notOffered: 'Not offered at the moment',
      summary: 'Your order',
      change: 'Change basket',
      place: (amount: string) => `Place order, ${amount}`,
      next: 'With payment reservation you go on to your bank from here. Your name, address and phone stay with us.',
      formUsed:
        'This form was sent before, for another basket. Please check your order and send it again.',
      wrong: {
        empty: 'Please fill this in.',
        long: (most: number) => `At most ${most} characters, please.`,
        hidden: 'There are characters here that can’t be printed on a label.',
        phone: 'Please write a phone number: digits, spaces, dashes, 8 to 20 characters.',
        pay: 'Please choose how to pay.',
      },
    },
    order: {
      title: (reference: string) => `Order ${reference}`,
      reference: 'Order',
      bankNumber: 'Payment reservation',
      orderedOn: 'Ordered on',
      payBy: 'Pay by',
      goods: 'Goods',
      sendTo: 'We send it to',
      private: 'Name and address are shown only in the browser that the order was made with.',
      askAgain: 'Check again',
      steps: {
        ordered: 'Ordered',
        accepted: 'Accepted at your bank',
        paid: 'Paid',
        sent: 'On its way',
      },
      stepsLabel: 'How far your order is',
      done: 'done',
      current: 'now',
      lastKnown: (time: string) =>
        `The payment reservation service does not answer right now. This is what it told us on ${time}.`,
      toBank: 'Go on to my bank',
      retry: 'Try again',
      otherWay: 'Choose another way to pay',
      again: 'Back to the shelf',
      provisional: {
        title: 'One step left: accept the order at your bank',
        text: 'We have put the goods aside. Accept the order in your online banking. You can pay there right away or later.',
      },
      unsettled: {
        title: 'Your order waits for your payment',
        text: (date: string) =>
          `You accepted it at your bank. Pay by ${date} from the list in your online banking. We send the goods as soon as you have paid.`,
      },
      paying: {
        title: 'Your bank is making the payment',
        text: 'Please do not pay again. This page shows the result.',
      },
      settled: {
        title: 'Paid. Thank you',
        text: (amount: string) => `We have received ${amount} and are packing your order.`,
      },
      abandoned: {
        title: 'The order was not accepted in time',
        text: 'Nothing was paid. The goods are back on the shelf, and you are welcome to order again.',
      },
      expired: {
        title: 'The time to pay has passed',
        text: (date: string) =>
          `The order was not paid by ${date}, so it no longer holds. If you still want the goods, please call us.`,
      },
      cancelled: {
        title: 'We cancelled this order',
        text: 'You do not have to pay. Please call us if this is unexpected.',
      },
      declined: {
        title: 'You declined this order',
        text: 'You said at your bank that you do not want to pay it. Nothing was paid, and nothing is sent.',
      },
      cash: {
        title: 'Thank you. Your order is placed',
        text: (amount: string) =>
          `We send it within two working days. Please pay the driver ${amount}.`,
      },
      sending: {
        title: 'Your order is not placed yet',
        text: 'The payment reservation service could not be reached. Nothing was paid. Your basket and your details are kept, and trying again can’t place the order twice.',
      },
      refused: {
        title: 'This order can’t be paid through your bank',
        text: 'The payment reservation service did not accept it. No order was placed and nothing was paid. Please choose another way to pay.',
      },
    },
    orders: {
      title: 'My orders',
      empty: 'No orders from this browser yet',
      emptyText: 'Orders appear here as long as you keep this browser’s cookies.',
      status: {
        provisional: 'to be accepted',
        unsettled: 'to be paid',
        paying: 'payment in progress',
        settled: 'paid',
        abandoned: 'not accepted',
        expired: 'time limit passed',
        cancelled: 'cancelled',
        declined: 'declined',
        cash: 'cash on delivery',
        sending: 'not placed yet',
        refused: 'not placed',
      },
    },
  },
  ja: {
    checkout: {
      title: 'ご注文手続き',
      errors: '入力内容をご確認ください',
      delivery: 'お届け先',
      name: 'お名前',
      nameHint: '表札のお名前をご記入ください',
      address: 'ご住所',
      phone: '電話番号',
      phoneHint: '配達日のご連絡に使用します',
      payment: 'お支払い方法',
      bank: '銀行で支払う（お支払い予約）',
      bankText:
        'ご利用の銀行のインターネットバンキングでお支払いを予約し、その場で、または後日お支払いいただけます。クレジットカードは不要です。',
      bankAway: '準備中です',
      cash: '代金引換',
      cashText: '商品と引き換えに、配達員へお支払いください。',
      card: 'クレジットカード',
      store: 'コンビニエンスストア',
      notOffered: '現在ご利用いただけません',
      summary: 'ご注文内容',
      change: 'カートを変更する',
      place: (amount: string) => `注文を確定する（${amount}）`,
      next: 'お支払い予約の場合は、続いて銀行の画面に移ります。お名前・ご住所・電話番号が銀行に渡ることはありません。',
      formUsed:
        'このフォームは、別のカートの内容ですでに送信されています。ご注文内容をご確認のうえ、もう一度送信してください。',
      wrong: {
        empty: '入力してください。',
        long: (most: number) => `${most}文字以内で入力してください。`,
        hidden: '送り状に印字できない文字が含まれています。',
        phone: '電話番号を数字・ハイフン8～20文字で入力してください。',
        pay: 'お支払い方法を選択してください。',
      },
    },
    order: {
      title: (reference: string) => `ご注文 ${reference}`,
      reference: 'ご注文番号',
      bankNumber: 'お支払い予約番号',
      orderedOn: 'ご注文日',
      payBy: 'お支払期限',
      goods: '商品',
      sendTo: 'お届け先',
      private: 'お名前とご住所は、ご注文に使用されたブラウザーでのみ表示します。',
      askAgain: '最新の状況を確認',
      steps: { ordered: 'ご注文', accepted: '銀行で予約', paid: 'お支払い', sent: '発送' },
      stepsLabel: 'ご注文の進行状況',
      done: '完了',
      current: '現在',
      lastKnown: (time: string) =>
        `お支払い予約サービスに接続できないため、${time}時点の状況を表示しています。`,
      toBank: '銀行の画面へ進む',
      retry: 'もう一度試す',
      otherWay: '別のお支払い方法を選ぶ',
      again: '商品一覧へ戻る',
      provisional: {
        title: 'あと一歩です。銀行でお支払いを予約してください',
        text: '商品をお取り置きしました。インターネットバンキングでお支払いを予約すると、その場で、または後日お支払いいただけます。',
      },
      unsettled: {
        title: 'お支払いをお待ちしています',
        text: (date: string) =>
          `銀行でお支払いをご予約いただきました。インターネットバンキングの一覧から${date}までにお支払いください。お支払いの確認後、すぐに発送いたします。`,
      },
      paying: {
        title: '銀行がお支払いを処理しています',
        text: '重ねてお支払いにならないでください。結果はこのページに表示されます。',
      },
      settled: {
        title: 'お支払いを確認しました。ありがとうございます',
        text: (amount: string) => `${amount}を受領しました。発送の準備をしています。`,
      },
      abandoned: {
        title: '期限内に予約されませんでした',
        text: 'お支払いは発生していません。商品は棚に戻しました。またのご注文をお待ちしております。',
      },
      expired: {
        title: 'お支払期限が過ぎました',
        text: (date: string) =>
          `${date}までにお支払いを確認できなかったため、ご注文は失効しました。ご購入を希望される場合は、お電話ください。`,
      },
      cancelled: {
        title: 'ご注文を取り消しました',
        text: 'お支払いは不要です。お心当たりがない場合は、お電話ください。',
      },
      declined: {
        title: 'ご請求をお断りになりました',
        text: '銀行の画面でご請求をお断りになりました。お支払いは発生せず、商品も発送いたしません。',
      },
      cash: {
        title: 'ご注文ありがとうございます',
        text: (amount: string) =>
          `2営業日以内に発送します。商品の到着時に、配達員へ${amount}をお支払いください。`,
      },
      sending: {
        title: 'ご注文はまだ完了していません',
        text: 'お支払い予約サービスに接続できませんでした。お支払いは発生していません。カートとご入力内容は保存しています。もう一度お試しいただいても、注文が重複することはありません。',
      },
      refused: {
        title: 'このご注文は銀行でお支払いいただけません',
        text: 'お支払い予約サービスで受け付けられませんでした。注文もお支払いも成立していません。別のお支払い方法をお選びください。',
      },
    },
    orders: {
      title: '注文履歴',
      empty: 'このブラウザーでのご注文はまだありません',
      emptyText: 'このブラウザーのCookieが保存されている間、ご注文がここに表示されます。',
      status: {
        provisional: '予約前',
        unsettled: 'お支払い待ち',
        paying: 'お支払い処理中',
        settled: 'お支払い済み',
        abandoned: '予約されませんでした',
        expired: '期限切れ',
        cancelled: '取消',
        declined: 'お断り済み',
        cash: '代金引換',
        sending: '未完了',
        refused: '不成立',
      },
    },
  },
})

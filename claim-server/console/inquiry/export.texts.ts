import { defineTexts } from '#shared/texts.ts'

/** The columns of the CSV file, in their order. */
export const exportTexts = defineTexts({
  en: {
    columns: {
      orderNumber: 'Order number',
      reference: 'Your reference',
      state: 'State',
      goods: 'Goods',
      category: 'Category',
      amount: 'Amount',
      currency: 'Currency',
      orderedOn: 'Ordered on',
      timeLimit: 'Time limit',
      acceptedOn: 'Accepted on',
      paidOn: 'Paid on',
      account: 'Paid from',
      payeeAccount: 'Paid to',
      transferId: 'Transfer id',
      groupNumber: 'Group number',
      customer: 'Customer',
      customerReference: 'Customer number',
    },
  },
  ja: {
    columns: {
      orderNumber: '注文番号',
      reference: '貴店の管理番号',
      state: '状態',
      goods: '商品',
      category: '分類',
      amount: '金額',
      currency: '通貨',
      orderedOn: '注文日',
      timeLimit: 'お支払期限',
      acceptedOn: '予約日',
      paidOn: '入金日',
      account: '引落口座',
      payeeAccount: '入金口座',
      transferId: '振込番号',
      groupNumber: 'グループ番号',
      customer: 'お客さま',
      customerReference: 'お客さま番号',
    },
  },
})

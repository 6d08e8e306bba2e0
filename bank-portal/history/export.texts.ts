import { defineTexts } from '#shared/texts.ts'

export const exportTexts = defineTexts({
  en: {
    columns: {
      paidAt: 'Paid on',
      payee: 'Shop or biller',
      description: 'Goods',
      orderNumber: 'Order number',
      orderedOn: 'Ordered on',
      amount: 'Amount',
      currency: 'Currency',
      account: 'From account',
      groupNumber: 'Group number',
      transferId: 'Transfer id',
    },
  },
  ja: {
    columns: {
      paidAt: 'お支払日時',
      payee: 'お支払先',
      description: '商品・内容',
      orderNumber: '注文番号',
      orderedOn: '注文日',
      amount: '金額',
      currency: '通貨',
      account: 'お支払口座',
      groupNumber: 'グループ番号',
      transferId: '振込番号',
    },
  },
})

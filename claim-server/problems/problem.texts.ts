import type { ProblemCode } from '#shared/errors.ts'
import { defineTexts } from '#shared/texts.ts'

/** What a caller does about each problem; a problem without its words does not compile. */
export const problemTexts = defineTexts({
  en: {
    title: 'Problem types of the API',
    intro:
      'A refused request answers application/problem+json. Its type is one of these addresses; decide by it alone.',
    status: 'HTTP status',
    all: 'All problem types',
    unknown: 'There is no problem type of this name.',
    meaning: {
      malformed: 'Send a body that is valid UTF-8 and valid JSON, nested at most 32 levels deep.',
      'idempotency-key-missing':
        'Send an Idempotency-Key header: one value per order that you mean to make, the same for every retry.',
      unauthenticated: 'Send "Authorization: Bearer" with an API key that is in use.',
      forbidden: 'The credentials are good, but not for this.',
      'not-found': 'Nothing of yours is at this address.',
      'method-not-allowed': 'The Allow header names the methods of this address.',
      timeout: 'Send the whole request within 15 seconds.',
      'order-exists':
        'Your reference belongs to an order with other content: its address is in the Location header. Give a new order a new reference.',
      'batch-exists':
        'Your batch reference belongs to a batch with other content. Give a new batch a new reference.',
      'in-progress':
        'The first request with this Idempotency-Key is still running. Repeat it after Retry-After seconds.',
      'claim-settled': 'The claim is paid. Money goes back by a refund.',
      'claim-in-payment':
        'The customer is paying the claim at this moment. Ask for it again later.',
      'claim-not-open': 'The claim has been closed; its status says how.',
      'order-not-open': 'The order was accepted, abandoned or cancelled.',
      'claim-expired': 'The time limit has passed and the claim was closed.',
      stale: 'Read the record again: its ETag is not the one in If-Match any more.',
      'too-large': 'Send at most 256 KiB.',
      'unsupported-media-type': 'Send application/json.',
      invalid:
        'Each entry of errors points to a field and says what it may hold. Nothing was stored.',
      'idempotency-key-reused':
        'This Idempotency-Key was used with another body. Use a new key for a new request.',
      'digest-mismatch': 'The payment id is known with other content.',
      'precondition-required': 'Send the ETag that you last read as If-Match.',
      'too-many-requests': 'Wait for the seconds in Retry-After.',
      'headers-too-large': 'Send at most 16 KiB of headers.',
      internal: 'The fault is on this side. Repeat the request with the same Idempotency-Key.',
      unavailable: 'Repeat the request after Retry-After seconds, with the same Idempotency-Key.',
    } satisfies Record<ProblemCode, string>,
  },
  ja: {
    title: 'APIのエラー種別',
    intro:
      '受け付けられないリクエストには application/problem+json で応答します。type は次のいずれかのURLです。処理の分岐は type のみで行ってください。',
    status: 'HTTPステータス',
    all: 'エラー種別の一覧',
    unknown: 'この名前のエラー種別はありません。',
    meaning: {
      malformed: '本文は正しい UTF-8 の JSON（入れ子は32段まで）で送信してください。',
      'idempotency-key-missing':
        'Idempotency-Key ヘッダーを付けてください。値は注文ごとに一つとし、再送時も同じ値を使います。',
      unauthenticated: '有効なAPIキーを「Authorization: Bearer」で送信してください。',
      forbidden: '認証は有効ですが、この操作は許可されていません。',
      'not-found': 'このアドレスに該当するデータはありません。',
      'method-not-allowed': '利用できるメソッドは Allow ヘッダーをご確認ください。',
      timeout: 'リクエスト全体を15秒以内に送信してください。',
      'order-exists':
        'この参照番号は内容の異なる注文で使用済みです（Location ヘッダー参照）。新しい注文には新しい参照番号を付けてください。',
      'batch-exists':
        'この一括請求の参照番号は、内容の異なる一括請求で使用済みです。新しい参照番号を指定してください。',
      'in-progress':
        '同じ Idempotency-Key のリクエストを処理中です。Retry-After の秒数をおいて再送してください。',
      'claim-settled': 'この請求は支払い済みです。返金の手続きをご利用ください。',
      'claim-in-payment': 'お客さまがお支払いの手続き中です。しばらくしてから再度ご確認ください。',
      'claim-not-open': 'この請求は終了しています。理由は status をご確認ください。',
      'order-not-open': 'この注文は予約済み、期限切れ、または取り消し済みです。',
      'claim-expired': 'お支払期限を過ぎたため、請求は終了しました。',
      stale: 'If-Match の ETag が最新ではありません。データを読み直してください。',
      'too-large': '送信できるサイズは 256 KiB までです。',
      'unsupported-media-type': 'application/json で送信してください。',
      invalid: 'errors に項目と理由を示しています。データは保存されていません。',
      'idempotency-key-reused':
        'この Idempotency-Key は別の内容で使用済みです。新しいリクエストには新しい値を使ってください。',
      'digest-mismatch': 'この支払い ID は別の内容で使用済みです。',
      'precondition-required': '最後に読み取った ETag を If-Match で送信してください。',
      'too-many-requests': 'Retry-After の秒数をおいてから再送してください。',
      'headers-too-large': 'ヘッダーは合計 16 KiB までです。',
      internal: 'サーバー側で障害が発生しました。同じ Idempotency-Key で再送してください。',
      unavailable: 'Retry-After の秒数をおいて、同じ Idempotency-Key で再送してください。',
    },
  },
})

import type { ClaimStatus } from '#shared/contracts/claim-server.ts'
import { Chip, type Tone } from '#shared/ui/index.ts'
import type { Language } from '#shared/texts.ts'
import { accountInFull } from '../names.ts'
import { staffTexts } from './texts.ts'

const tones: Record<ClaimStatus, Tone> = {
  provisional: 'quiet',
  unsettled: 'info',
  paying: 'warn',
  settled: 'ok',
  abandoned: 'quiet',
  expired: 'bad',
  cancelled: 'quiet',
  declined: 'quiet',
}

/** A claim's status as staff read it. */
export const StatusChip = ({ status, language }: { status: ClaimStatus; language: Language }) => (
  <Chip tone={tones[status]} busy={status === 'paying'}>
    {staffTexts(language).statuses[status]}
  </Chip>
)

export const claimPath = (orderNumber: string): string => `/staff/claims/${orderNumber}`

export const ClaimLink = ({ orderNumber }: { orderNumber: string }) => (
  <a href={claimPath(orderNumber)}>
    <code>{orderNumber}</code>
  </a>
)

/** An account in words; its key is what searches take. */
export const AccountWords = ({ account, language }: { account: string; language: Language }) => (
  <>{accountInFull(account, language)}</>
)

export const customerPath = (customerId: string): string =>
  `/staff/customers?${new URLSearchParams({ search: customerId })}`

/** "Haruka Sato (C-100417)", leading to what staff can do for that customer. */
export const CustomerLink = ({
  customerId,
  name,
}: {
  customerId: string | null
  name?: string | null
}) =>
  customerId === null ? (
    <span class="none">–</span>
  ) : (
    <span>
      {name && `${name} `}
      <a href={customerPath(customerId)}>
        <code>{customerId}</code>
      </a>
    </span>
  )

export const shopPath = (shopId: string): string => `/staff/shops/${shopId}`

export const ShopLink = ({ shopId, name }: { shopId: string; name: string }) => (
  <a href={shopPath(shopId)}>{name}</a>
)

/** "paid, to the shop" as each language separates. */
export const joined = (parts: readonly string[], language: Language): string =>
  parts.join(language === 'ja' ? '、' : ', ')

import { Button, Card, Chip, type KeyValue, KeyValues, Note, PageTitle } from '#shared/ui/index.ts'
import type { ShopSettings } from '../../shops/find-shop-settings.ts'
import type { Shop } from '../../shops/find-key-owner.ts'
import { ConsolePage, type View } from '../view.tsx'
import { accountWords, type Said } from './parts.tsx'
import { settingsTexts } from './texts.ts'

export interface SettingsOverviewProps {
  view: View
  shop: Shop
  settings: ShopSettings
  signInId: string
  said?: Said | undefined
}

const tones = { waiting: 'warn', live: 'ok', suspended: 'bad' } as const

const ShopCard = ({ view, shop, signInId }: SettingsOverviewProps) => {
  const words = settingsTexts(view.language)
  return (
    <Card title={words.shop.title}>
      <KeyValues
        items={[
          { label: words.shop.name, value: shop.name },
          ...(shop.nameJa ? [{ label: words.shop.nameJa, value: shop.nameJa }] : []),
          {
            label: words.shop.state,
            value: <Chip tone={tones[shop.status]}>{words.shop.states[shop.status]}</Chip>,
          },
          { label: words.shop.signInId, value: <code>{signInId}</code> },
        ]}
      />
      <p class="soft">{words.shop.nameHint}</p>
      <Button kind="secondary" small href="/shop/settings/password">
        {words.password.change}
      </Button>
    </Card>
  )
}

const ContactCard = ({ view, shop }: SettingsOverviewProps) => {
  const words = settingsTexts(view.language)
  const { contact } = words
  const given = (label: string, value: string | null): KeyValue[] =>
    value ? [{ label, value }] : []
  return (
    <Card title={contact.title}>
      <KeyValues
        items={[
          { label: contact.mailAddress, value: shop.mailAddress },
          { label: contact.language, value: contact.languages[shop.language] },
          ...given(contact.contactAddress, shop.contactAddress),
          ...given(contact.phone, shop.phone),
          ...given(contact.website, shop.website),
          { label: contact.defaultDaysToPay, value: contact.daysOf(shop.defaultDaysToPay) },
          { label: contact.warningDays, value: contact.daysOf(shop.warningDays) },
        ]}
      />
      <Button kind="secondary" small href="/shop/settings/contact">
        {contact.change}
      </Button>
    </Card>
  )
}

const AccountsCard = ({ view, settings }: SettingsOverviewProps) => {
  const words = settingsTexts(view.language).accounts
  return (
    <Card title={words.title}>
      <ul>
        {settings.accounts.map(({ account, holder, stoppedAt }) => (
          <li>
            {accountWords(account, view)}
            <span class="cell-more">
              {holder}
              {stoppedAt && <> · {words.stopped}</>}
            </span>
          </li>
        ))}
      </ul>
      <Button kind="secondary" small href="/shop/settings/accounts">
        {words.manage}
      </Button>
    </Card>
  )
}

const TechnicalCards = ({ view, settings }: SettingsOverviewProps) => {
  const { keys, returns } = settingsTexts(view.language)
  return (
    <>
      <Card title={keys.title}>
        <p>{settings.keys.length === 0 ? keys.none : keys.count(settings.keys.length)}</p>
        <Button kind="secondary" small href="/shop/settings/api-keys">
          {keys.manage}
        </Button>
      </Card>
      <Card title={returns.title}>
        {settings.returnAddresses.length === 0 ? (
          <p>{returns.none}</p>
        ) : (
          <ul>
            {settings.returnAddresses.map((prefix) => (
              <li>
                <code>{prefix}</code>
              </li>
            ))}
          </ul>
        )}
        <Button kind="secondary" small href="/shop/settings/return-addresses">
          {returns.manage}
        </Button>
      </Card>
    </>
  )
}

/** Everything that a shop set up, each with the way to change it. */
export const SettingsOverview = (props: SettingsOverviewProps) => {
  const { view, said } = props
  const words = settingsTexts(view.language)
  return (
    <ConsolePage view={view} title={words.title} section="settings" width="normal">
      <PageTitle title={words.title} />
      {said && (
        <Note tone="ok" announce>
          {words.said[said]}
        </Note>
      )}
      <div class="columns">
        <div class="stack">
          <ShopCard {...props} />
          <ContactCard {...props} />
        </div>
        <div class="stack">
          <AccountsCard {...props} />
          <TechnicalCards {...props} />
        </div>
      </div>
    </ConsolePage>
  )
}

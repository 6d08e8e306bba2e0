import { ShopLayout, type ShopPage } from './layout.tsx'
import { shopTexts } from './texts.ts'

/** Who sells, and on which terms: what the law asks of a shop by mail order. */
export const AboutPage = ({ page }: { page: ShopPage }) => {
  const { shop, language } = page
  const words = shopTexts(language).about
  const rows: [string, string][] = [
    [words.seller, shop.name[language]],
    [words.address, shop.address[language]],
    [words.phone, shop.phone],
    [words.hours, words.hoursText],
    [words.mail, shop.mail],
    [words.price, words.priceText],
    [words.payment, words.paymentText],
    [words.sending, words.sendingText],
    [words.returns, words.returnsText],
    [words.privacy, words.privacyText],
  ]
  return (
    <ShopLayout page={page} title={words.title}>
      <h1 class="page-title">{words.title}</h1>
      <dl class="terms">
        {rows.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </ShopLayout>
  )
}

import { type BasketLine, basketTotalMinor, keyOf, lineTotalMinor, mostOfOne } from './basket.ts'
import { Csrf, pictureOf, ShopLayout, type ShopPage } from './layout.tsx'
import { shopTexts } from './texts.ts'
import { yen } from './words.ts'

const EmptyBasket = ({ page }: { page: ShopPage }) => {
  const words = shopTexts(page.language).basket
  return (
    <div class="message">
      <h1>{words.empty}</h1>
      <p>{words.emptyText}</p>
      <p>
        <a class="button" href={`/${page.shop.slug}`}>
          {words.toShelf}
        </a>
      </p>
    </div>
  )
}

const Line = ({ page, line }: { page: ShopPage; line: BasketLine }) => {
  const { language } = page
  const words = shopTexts(language).basket
  const name = line.good.name[language]
  return (
    <li class="line">
      <a
        class="tile"
        href={`/${line.good.shop}/goods/${line.good.id}`}
        tabindex={-1}
        aria-hidden="true"
      >
        <img src={pictureOf(line.good.id)} alt="" width="480" height="400" />
      </a>
      <div class="line-words">
        <a class="line-name" href={`/${line.good.shop}/goods/${line.good.id}`}>
          {name}
        </a>
        {line.size ? <span class="quiet">{words.size(line.size)}</span> : null}
        <span class="quiet">{yen(line.good.priceMinor, language)}</span>
      </div>
      <form class="line-change" method="post" action={`/${line.good.shop}/basket/change`}>
        <Csrf page={page} />
        <input type="hidden" name="line" value={keyOf(line)} />
        <select name="quantity" aria-label={words.quantity(name)}>
          {Array.from({ length: mostOfOne }, (_, at) => (
            <option value={at + 1} selected={line.quantity === at + 1}>
              {at + 1}
            </option>
          ))}
        </select>
        <button class="plain">{words.change}</button>
        <button class="plain" name="remove" value="yes" aria-label={words.removeOne(name)}>
          {words.remove}
        </button>
      </form>
      <span class="line-total">{yen(lineTotalMinor(line), language)}</span>
    </li>
  )
}

export const BasketPage = ({
  page,
  lines,
  added,
}: {
  page: ShopPage
  lines: BasketLine[]
  /** The good that was just put in. */
  added: string | undefined
}) => {
  const { language, shop } = page
  const words = shopTexts(language).basket
  if (lines.length === 0) {
    return (
      <ShopLayout page={page} title={words.title}>
        <EmptyBasket page={page} />
      </ShopLayout>
    )
  }
  const total = yen(basketTotalMinor(lines), language)
  return (
    <ShopLayout page={page} title={words.title}>
      {added ? (
        <p class="notice good-news" role="status">
          {words.added(added)}
        </p>
      ) : null}
      <h1 class="page-title">{words.title}</h1>
      <div class="two">
        <ul class="lines">
          {lines.map((line) => (
            <Line page={page} line={line} />
          ))}
        </ul>
        <aside class="sum">
          <dl>
            <div>
              <dt>{words.goods}</dt>
              <dd>{total}</dd>
            </div>
            <div>
              <dt>{words.delivery}</dt>
              <dd>{words.free}</dd>
            </div>
            <div class="total">
              <dt>{words.total}</dt>
              <dd>{total}</dd>
            </div>
          </dl>
          <a class="button wide" href={`/${shop.slug}/checkout`}>
            {words.checkout}
          </a>
          <a class="on" href={`/${shop.slug}`}>
            {words.on}
          </a>
        </aside>
      </div>
    </ShopLayout>
  )
}

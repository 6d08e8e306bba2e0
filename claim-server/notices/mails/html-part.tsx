import { renderToString } from '#shared/web/render.ts'
import type { MailContent } from './mail-content.ts'

const font =
  "font-family:-apple-system,'Segoe UI',Roboto,'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP',Meiryo,sans-serif"

const tones = {
  ok: 'background:#e3f4ed;color:#0a6346',
  info: 'background:#e7f0fa;color:#0b4d86',
  warn: 'background:#fff1dc;color:#834700',
  bad: 'background:#fdecec;color:#a01d28',
}

// Mail programs that know the scheme read these; all others show the light colours of the attributes.
const darkScheme = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .bg { background: #0d1723 !important; }
  .card { background: #152233 !important; border-color: #2a3a4f !important; }
  .ink { color: #e8eef6 !important; }
  .soft { color: #a3b3c7 !important; }
  .line { border-color: #2a3a4f !important; }
  .button { background: #8cc4ff !important; color: #0d1723 !important; }
  .mark-ok { background: #12352b !important; color: #6fd8b0 !important; }
  .mark-info { background: #15304a !important; color: #9ccbff !important; }
  .mark-warn { background: #382a14 !important; color: #ffc878 !important; }
  .mark-bad { background: #3d1a1f !important; color: #ff9fa6 !important; }
}`

const breaks = 'overflow-wrap:anywhere;word-break:break-word'

const Rows = ({ rows }: Pick<MailContent, 'rows'>) => (
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:16px">
    {rows.map(({ label, value }) => (
      <tr>
        <td
          class="soft line"
          width="38%"
          valign="top"
          style={`${font};padding:9px 12px 9px 0;border-top:1px solid #dde4ec;font-size:14px;line-height:20px;color:#52637a`}
        >
          {label}
        </td>
        <td
          class="ink line"
          valign="top"
          style={`${font};padding:9px 0;border-top:1px solid #dde4ec;font-size:14px;line-height:20px;color:#10233b;text-align:right;${breaks}`}
        >
          {value}
        </td>
      </tr>
    ))}
  </table>
)

const Button = ({ label, href }: NonNullable<MailContent['link']>) => (
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:20px">
    <tr>
      <td align="center">
        <a
          class="button"
          href={href}
          style={`${font};display:block;padding:13px 16px;border-radius:12px;background:#0b3a66;color:#ffffff;font-size:16px;line-height:22px;font-weight:600;text-decoration:none`}
        >
          {label}
        </a>
      </td>
    </tr>
  </table>
)

const Head = ({ subject }: Pick<MailContent, 'subject'>) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="supported-color-schemes" content="light dark" />
    <meta name="format-detection" content="telephone=no,date=no,address=no" />
    <title>{subject}</title>
    <style dangerouslySetInnerHTML={{ __html: darkScheme }} />
  </head>
)

const Card = ({ tone, mark, greeting, heading, amount, paragraphs, rows, link }: MailContent) => (
  <td
    class="card"
    style="background:#ffffff;border:1px solid #dde4ec;border-radius:16px;padding:24px 20px"
  >
    <span
      class={`mark-${tone}`}
      style={`${font};display:inline-block;padding:3px 10px;border-radius:99px;font-size:13px;line-height:18px;font-weight:600;${tones[tone]}`}
    >
      {mark}
    </span>
    <h1
      class="ink"
      style={`${font};margin:12px 0 0;font-size:22px;line-height:29px;font-weight:700;color:#10233b;text-wrap:balance;word-break:auto-phrase`}
    >
      {heading}
    </h1>
    <p
      class="ink"
      style={`${font};margin:6px 0 0;font-size:28px;line-height:36px;font-weight:700;color:#10233b`}
    >
      {amount}
    </p>
    <p
      class="ink"
      style={`${font};margin:18px 0 0;font-size:16px;line-height:25px;color:#10233b;${breaks}`}
    >
      {greeting}
    </p>
    {paragraphs.map((text) => (
      <p
        class="ink"
        style={`${font};margin:10px 0 0;font-size:16px;line-height:25px;color:#10233b;${breaks}`}
      >
        {text}
      </p>
    ))}
    <Rows rows={rows} />
    {link && <Button {...link} />}
  </td>
)

/** The HTML part: tables and inline styles, as mail programs need them; readable at 390 px and in the dark. */
export const htmlPart = async (content: MailContent): Promise<string> => {
  const page = (
    <html lang={content.language}>
      <Head subject={content.subject} />
      <body class="bg" style="margin:0;padding:0;background:#f4f6f9">
        <table role="presentation" class="bg" width="100%" cellpadding="0" cellspacing="0">
          <tr>
            <td align="center" style="padding:20px 12px">
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                style="max-width:560px;text-align:left"
              >
                <tr>
                  <Card {...content} />
                </tr>
                <tr>
                  <td style="padding:16px 8px">
                    {content.footer.map((text) => (
                      <p
                        class="soft"
                        style={`${font};margin:0 0 6px;font-size:13px;line-height:19px;color:#52637a`}
                      >
                        {text}
                      </p>
                    ))}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  )
  return `<!doctype html>\n${await renderToString(page)}`
}

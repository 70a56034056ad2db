/** What a house needs to hold a session at its own place, in one language. Everything in it is text for people. */
export type Kit = {
  locale: 'fr' | 'en'
  title: string
  /** The language of title and programme, where it is not the kit's. */
  lang?: string
  /** Whose session it was, and when. */
  network: string
  when: string
  pigment: string
  glyph: { path: string; evenOdd: boolean }
  quotes: { number: number; name: string; text: string; lang?: string; source: string; translation: { text: string; note: string | null } | null; url: string }[]
  programme: { time: string; title: string }[]
  url: string
  relayUrl: string
  words: Record<'over' | 'lede' | 'after' | 'day' | 'place' | 'host' | 'scan' | 'quotes' | 'quotesIntro' | 'source' | 'none' | 'rundown' | 'intro' | 'roles' | 'times' | 'original' | 'questions' | 'siteTitle' | 'siteText' | 'siteWhen' | 'siteMore' | 'siteAbout' | 'readme' | 'readmeText' | 'readmeThen' | 'licence' | 'made', string> & {
    roleLines: string[]
    /** Each with its minutes: « 0 à 5 min ». */
    steps: [minutes: string, what: string][]
    asks: string[]
  }
}

export type Block = { as: 'h1' | 'h2' | 'h3' | 'p' | 'quote' | 'note' | 'item'; text: string; lang?: string; /** Where the note leads. */ url?: string }

export function quotesOf(kit: Kit): Block[] {
  const { quotes, words, title, lang } = kit
  return [
    { as: 'h1', text: words.quotes },
    { as: 'p', text: title, lang },
    { as: 'note', text: quotes.length > 0 ? words.quotesIntro : words.none },
    ...quotes.flatMap(({ name, text, lang: own, source, translation, url }): Block[] => [
      { as: 'h2', text: name },
      { as: 'quote', text, lang: own },
      ...(translation ? [{ as: 'p' as const, text: [translation.note, translation.text].filter(Boolean).join(' ') }] : []),
      { as: 'note', text: `${words.source} ${source}`, url },
    ]),
  ]
}

export function rundownOf({ words, title, lang, programme }: Kit): Block[] {
  const items = (texts: string[]): Block[] => texts.map((text) => ({ as: 'item', text }))
  return [
    { as: 'h1', text: words.rundown },
    { as: 'p', text: title, lang },
    { as: 'note', text: words.intro },
    { as: 'h2', text: words.roles },
    ...items(words.roleLines),
    { as: 'h2', text: words.times },
    ...items(words.steps.map(([minutes, what]) => `${minutes} — ${what}`)),
    { as: 'h2', text: words.questions },
    ...items(words.asks),
    ...(programme.length > 0 ? [{ as: 'h2' as const, text: words.original }, ...programme.map((one): Block => ({ as: 'item', text: [one.time, one.title].filter(Boolean).join(' — '), lang }))] : []),
  ]
}

export const siteOf = ({ words, quotes, url }: Kit): Block[] => [
  { as: 'h2', text: words.siteTitle },
  { as: 'p', text: words.siteText },
  { as: 'p', text: words.siteWhen },
  ...(quotes.length > 0 ? [{ as: 'h3' as const, text: words.siteAbout }] : []),
  ...quotes.flatMap(({ text, lang, source, url: own }): Block[] => [{ as: 'quote', text, lang }, { as: 'note', text: source, url: own }]),
  { as: 'note', text: words.siteMore, url },
]

export const readmeOf = ({ words }: Kit, inside: string[]): Block[] => [
  { as: 'h1', text: words.readme },
  { as: 'p', text: words.readmeText },
  ...inside.map((text): Block => ({ as: 'item', text })),
  { as: 'p', text: words.readmeThen },
  { as: 'p', text: words.licence },
  { as: 'note', text: words.made },
]

export function toMarkdown(blocks: Block[]): string {
  const plain = (text: string) => text.replace(/([\\`*_[\]<>#])/g, '\\$1')
  const line = ({ as, text, url }: Block) => {
    const words = plain(text)
    if (as === 'quote') return `> ${words.replaceAll('\n', '\n> ')}`
    const linked = url ? `${words} <${url}>` : words
    return { h1: `# ${words}`, h2: `## ${words}`, h3: `### ${words}`, p: words, note: linked, item: `- ${words}` }[as]
  }
  return joined(blocks, line)
}

export const toText = (blocks: Block[]): string =>
  joined(blocks, ({ as, text, url }) => (as === 'item' ? `- ${text}` : as === 'h1' || as === 'h2' ? `${text}\n${(as === 'h1' ? '=' : '-').repeat(Math.min(72, text.length))}` : url && !text.includes(url) ? `${text}\n${url}` : text))

/** Items of one list follow each other; all else stands apart. */
const joined = (blocks: Block[], line: (block: Block) => string) =>
  `${blocks.map((block, place) => `${place === 0 ? '' : block.as === 'item' && blocks[place - 1].as === 'item' ? '\n' : '\n\n'}${line(block)}`).join('')}\n`

/** A piece to paste into a page of one's own: no style, no script, headings from the second level on. */
export function toHtml(blocks: Block[]): string {
  const safe = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `${blocks
    .map(({ as, text, lang, url }) => {
      const said = lang ? ` lang="${safe(lang)}"` : ''
      const words = safe(text).replaceAll('\n', '<br>')
      if (as === 'quote') return `<blockquote${said}><p>${words}</p></blockquote>`
      if (as === 'item') return `<ul><li${said}>${words}</li></ul>`
      if (as === 'note' && url) return `<p><small><a href="${safe(url)}">${words}</a></small></p>`
      const name = as === 'note' ? 'p' : as
      return `<${name}${said}>${words}</${name}>`
    })
    .join('\n')
    .replaceAll('</ul>\n<ul>', '\n')}\n`
}

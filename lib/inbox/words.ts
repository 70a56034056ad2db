import { cutAt, severalLines, singleLine } from './plain-text'

const longest = 2000
const longestName = 120
/** Nobody's one sentence is further down than this. */
const mostLines = 600

export type OwnWords = { words: string; signature: string | null }

/**
 * What the writer of an answer says in it: without what it quotes, the mail program's lines and the signature. A line
 * « Signé : » (or "Signed:") with a name asks that the name be said; it is no part of the words.
 */
export function ownWords(text: string): OwnWords {
  const lines = withoutQuotes(severalLines(text.slice(0, 65_536)).split('\n').slice(0, mostLines))
  const consents = lines.map((line) => /^[\s*_«"]{0,4}(?:Signée?|Signed)[ \u00A0\u202F]?[:：](.*)$/iu.exec(line))
  const consent = consents.find((found) => found !== null)
  const own = withoutSignature(lines.filter((_, index) => consents[index] === null))
  return { words: cutAt(severalLines(unwrapped(own).join('\n')), longest), signature: consent ? nameIn(consent[1].slice(0, 1000)) : null }
}

function nameIn(written: string): string | null {
  const name = singleLine(written.replace(/[*_»"\s]+$/, '').replace(/^[*_«"\s]+/, ''), 4 * longestName)
  return name === null || name.length > longestName || !/\p{L}/u.test(name) ? null : name
}

/** Lines after ">", and all that follows what announces a quotation without marks. */
function withoutQuotes(lines: string[]): string[] {
  const own: string[] = []
  for (let at = 0; at < lines.length; at++) {
    if (isQuoted(lines[at])) continue
    const announced = attributionAt(lines, at)
    if (announced > 0) {
      const next = lines.slice(at + announced).find((line) => line !== '')
      if (next !== undefined && isQuoted(next)) {
        at += announced - 1
        continue
      }
      // The words "on that day somebody wrote:" may be the writer's own.
      if (next === undefined || /@|\d[:h.]\d\d/.test(lines.slice(at, at + announced).join(' '))) break
    }
    if (isDivider(lines[at]) || isHeaderBlock(lines, at)) break
    own.push(lines[at])
  }
  while (own.length > 0 && /^[\s_*-]*$/.test(own.at(-1) ?? '')) own.pop()
  return own
}

const isQuoted = (line: string) => /^ ?(?:>|&gt;)/.test(line)

const attributions = [
  /^le .{3,300} (?:a|à) (?:écrit|répondu)\s?:$/i, /^on .{3,300} wrote\s?:$/i, /^am .{3,300} schrieb\b.{0,200}:$/i, /^el .{3,300} escribió\s?:$/i,
  /^il .{3,300} ha scritto\s?:$/i, /^op .{3,300} schreef\b.{0,200}:$/i, /^(?:em|a|no dia) .{3,300} escreveu\s?:$/i,
  /^.{0,300}<[^<>\s@]{1,64}@[^<>\s@]{1,190}>.{0,100}:$/, /^.{0,200} (?:a écrit|wrote|schrieb) .{0,100}:$/i,
]

/** How many lines, of the one to four over which programs wrap it, announce a quotation; 0 where none does. */
function attributionAt(lines: string[], at: number): number {
  for (let count = 1; count <= 4 && at + count <= lines.length; count++) {
    const last = lines[at + count - 1]
    if (last === '') return 0
    const phrase = lines.slice(at, at + count).join(' ').replace(/[\s\u00A0\u202F]+/g, ' ').replace(/< /g, '<').trim()
    if (phrase.length > 500) return 0
    if (/:$/.test(phrase) && /\d/.test(phrase) && attributions.some((pattern) => pattern.test(phrase))) return count
  }
  return 0
}

function isDivider(line: string): boolean {
  return /^[\s>*]*-{2,}\s?(?:message d['’]origine|e-?mail d['’]origine|(?:mail|courriel|message) original|original message|message initial|message précédent|message transf[ée]r[ée]|forwarded message|mensaje original|mensagem original|messaggio originale|urspr[üu]ngliche nachricht|weitergeleitete nachricht|oorspronkelijk bericht|original appointment|rendez-vous d['’]origine)\s?-{2,}/i.test(line)
    || /^begin forwarded message\s?:|^début du message (?:réexpédié|transféré)\s?:/i.test(line)
}

const sender = /^[*_\s]{0,4}(?:de|from|von|da|van|desde|expéditeur)[*_\s\u00A0\u202F]{0,4}:[*_\s]{0,4}\S/i
const beside = /^[*_\s]{0,4}(?:envoyée?(?: le)?|date|sent|à|a|to|objet|sujet|subject|cc|gesendet|datum|an|betreff|enviado(?: el| em)?|enviada(?: em)?|fecha|para|asunto|assunto|inviato|data|oggetto|verzonden|aan|onderwerp|répondre à|reply-to|importance)[*_\s\u00A0\u202F]{0,4}:/i

/** The head of the answered message, as Outlook writes it above: From, and at least two of Sent, To, Subject. */
function isHeaderBlock(lines: string[], at: number): boolean {
  return sender.test(lines[at]) && lines.slice(at + 1, at + 7).filter((line) => beside.test(line)).length >= 2
}

const programs = 'mail|outlook|yahoo|proton|gmail|samsung|orange|free|sfr|bluemail|spark|canary|android|iphone|ipad|mobile|la messagerie|l[\'’]app|courrier'
const device = new RegExp(`^[\\s*_-]*(?:${[
  `envoyée? (?:de|depuis|à partir de|avec|via) \\[?(?:mon|ma|mes|notre|${programs})\\b`, 'envoyée? à l[\'’]aide d', `sent (?:from|with|via|using) \\[?(?:my|${programs})\\b`, '(?:get|obtenir|obtenez|télécharger|téléchargez) outlook (?:for|pour) ',
  'provenance : courrier', 'von meinem .{1,40} gesendet', 'mit .{1,40} gesendet', 'gesendet (?:von|mit) ', 'enviado desde ', 'enviado do meu ', 'inviato da', '(?:verzonden|verstuurd) vanaf ', 'garanti sans virus', 'virus-free',
].join('|')})`, 'i')
const formula = new RegExp(`^(?:${[
  '(?:bien |très |plus )?cordialement(?: vôtre| à (?:vous|toutes et tous|tous))?', 'cdlt', 'cordialement et (?:bonne|belle) (?:journée|soirée)', 'bien (?:à vous|à toi|amicalement|sincèrement)', 'amicalement', 'chaleureusement',
  'sincèrement', '(?:sincères|meilleures|cordiales|bonnes) salutations', 'salutations(?: distinguées| cordiales)?', 'respectueusement',
  '(?:bonne|belle|excellente)(?: fin de)? (?:journée|soirée|semaine|matinée|après-midi)(?: à (?:vous|toi|tous|toutes|toutes et tous|tous et toutes))?', 'à (?:très )?bient[oô]t', 'amitiés', 'bises', 'au plaisir',
  '(?:kind |best |warm |many )?regards', 'best(?: wishes)?', 'sincerely', 'yours(?: sincerely| faithfully)?', 'all the best', 'cheers', 'mit freundlichen gr(?:ü|u)(?:ß|ss)en', '(?:viele|liebe|beste) gr(?:ü|u)(?:ß|ss)e', 'mfg', '(?:un )?saludos?(?: cordial(?:es)?)?', '(?:cordiali |distinti )?saluti', '(?:met vriendelijke )?groet(?:en)?',
].join('|')})[\\s,.!…]*$`, 'iu')
const formulaAndName = /^(?:(?:bien |très )?cordialement|bien à vous|amicalement|(?:kind |best )?regards),?\s+\p{Lu}[\p{L}'’.-]{0,30}(?:\s+[\p{L}'’.-]{1,30}){0,4}$/iu

/** The words before "-- " (RFC 3676 4.3), a line of the telephone's, or a closing formula with nothing but a card after it. */
function withoutSignature(lines: string[]): string[] {
  const mark = lines.findIndex((line) => line === '--' || (line.length < 100 && device.test(line)))
  const own = mark < 0 ? lines : lines.slice(0, mark)
  const closing = own.findIndex((line, index) => index > 0 && (formula.test(line) || formulaAndName.test(line)) && own.slice(0, index).some(Boolean) && isCard(own.slice(index + 1)))
  return closing < 0 ? own : own.slice(0, closing)
}

/** A name, an office, a telephone: a few short lines and no sentence. Who goes on writing after the formula is heard. */
function isCard(lines: string[]): boolean {
  const said = lines.filter(Boolean)
  return said.length <= 12 && said.every((line) => line.length <= 120 && !/[\p{L}»)][.!?…]$/u.test(line.replace(/\b(?:S\.A|Inc|Cie|etc)\.$/, '')) && !/^p\.?\s?-?s\.?\s?:/i.test(line))
}

/** Lines that a program broke at 72 to 80 characters, put together again; those that were meant so stay. */
function unwrapped(lines: string[]): string[] {
  if (lines.some((line) => line.length > 82)) return lines
  return lines.reduce<{ whole: string[]; before: string }>(({ whole, before }, line) => {
    const word = /^\S+/.exec(line)?.[0] ?? ''
    const isWrapped = before.length >= 45 && word !== '' && before.length + 1 + word.length > 72 && !/^(?:[-*•–]|\d{1,2}[.)])\s/.test(line)
    if (isWrapped) whole[whole.length - 1] += ` ${line}`
    else whole.push(line)
    return { whole, before: line }
  }, { whole: [], before: '' }).whole
}

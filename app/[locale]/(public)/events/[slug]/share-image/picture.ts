import { createElement, type CSSProperties, type ReactElement, type ReactNode } from 'react'
import { shapeOf } from '@/app/_ui/glyph'
import type { Pigment } from '@/app/_ui/pigment'

/** What a share image says; all of it text in which only drawable characters are left. */
export type Picture = {
  pigment: Pigment
  title: string
  weekday?: string
  /** « 3 », « 1er », « 12–14 ». */
  day: string
  month: string
  /** « 9h–10h, heure de Paris · en ligne ». */
  line: string
  sign?: { glyph: string; name: string }
  presents: string
  house: string
  /** « annulé »: the numeral is struck through, too. */
  calledOff?: string
}

export const size = { width: 1200, height: 630 }

/** Raised when the drawing changes: it is part of the validator of what was drawn from the same facts. */
export const drawing = 1

/** The event's band, as a poster: its pigment, its numeral, its title as large as it fits. */
export function draw(picture: Picture): ReactElement {
  const { pigment, presents, house, sign } = picture
  const head = box({ justifyContent: 'space-between', fontSize: 30 }, text(presents, {}), text(house, { fontFamily: title, fontSize: 38, letterSpacing: -0.5 }))
  const foot = box(
    { justifyContent: 'space-between', alignItems: 'center', fontSize: 30, borderTop: '3px solid rgba(255, 252, 245, 0.45)', paddingTop: 26 },
    text(picture.line, { flexShrink: 1, maxWidth: sign ? 760 : 1072 }),
    ...(sign ? [box({ alignItems: 'center', flexShrink: 0 }, glyph(sign.glyph), text(sign.name, { marginLeft: 14 }))] : []),
  )
  const ground = { ...size, flexDirection: 'column', justifyContent: 'space-between', padding: '52px 64px 48px', background: grounds[pigment], color: paper, fontFamily: small }
  return box(ground as CSSProperties, head, box({ alignItems: 'center', flexGrow: 1, paddingTop: 8, paddingBottom: 20 }, date(picture), headline(picture)), foot)
}

/** The families of the fonts that route.ts brings; those with accents of other languages come second. */
export const title = 'Title, TitleExt'
export const small = 'Small, SmallExt'

const paper = '#fffcf5'
const grounds: Record<Pigment, string> = {
  vermilion: '#b83220',
  blue: '#1f4fbf',
  green: '#1b6e48',
  violet: '#6b2fa0',
  ochre: '#8a5a00',
  teal: '#006b73',
  ink: '#17130e',
}

function date({ weekday, day, month, calledOff }: Picture) {
  const [, number = day, ordinal] = /^(\d+)([a-z]+)$/.exec(day) ?? []
  const numeral = { 1: 300, 2: 260 }[number.length] ?? 128
  const struck = calledOff ? [box({ position: 'absolute', left: -8, right: -8, top: '52%', height: 14, background: paper })] : []
  return box(
    { flexDirection: 'column', alignItems: 'flex-start', flexShrink: 0, minWidth: 256, marginRight: 48, fontSize: 34 },
    ...(weekday ? [text(weekday, {})] : []),
    box({ position: 'relative', fontFamily: title, fontSize: numeral, lineHeight: 0.86, letterSpacing: -numeral / 60, marginTop: 10, marginBottom: 18 }, text(number, {}), ...(ordinal ? [text(ordinal, { fontSize: numeral * 0.3, lineHeight: 1, letterSpacing: 0, marginLeft: 8 })] : []), ...struck),
    text(month, {}),
    ...(calledOff ? [text(calledOff, { marginTop: 14, padding: '2px 16px 6px', background: paper, color: '#17130e' })] : []),
  )
}

function headline({ title: said, day }: Picture) {
  const room = day.length > 2 ? 0.86 : 1
  const fits = [...said].length
  const fontSize = Math.round((fits <= 28 ? 104 : fits <= 48 ? 90 : fits <= 72 ? 76 : fits <= 105 ? 64 : 56) * room)
  return text(said, { flexShrink: 1, flexGrow: 1, fontFamily: title, fontSize, lineHeight: 1.04, letterSpacing: -fontSize / 90, textWrap: 'balance', wordBreak: 'break-word' })
}

function glyph(name: string) {
  return createElement('svg', { width: 34, height: 34, viewBox: '0 0 24 24', fill: paper }, shapeOf(name))
}

const box = (style: CSSProperties, ...children: ReactNode[]) => createElement('div', { style: { display: 'flex', ...style } }, ...children)

const text = (said: string, style: CSSProperties) => createElement('div', { style: { display: 'block', ...style } }, said)

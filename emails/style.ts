import type { CSSProperties } from 'react'
import type { Pigment } from './facts'

// Mail programs ask for styles on each element; the sheet in the head only adds what they may leave out: the dark
// palette and the narrow screen. No font, picture or anything else is fetched: a letter tells nobody that it was read.

export const display = "'Bricolage Grotesque Variable', 'Bricolage Grotesque', 'Helvetica Neue', Helvetica, Arial, sans-serif"
export const text = "'Atkinson Hyperlegible Next Variable', 'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"

export const light = { paper: '#fffcf5', ink: '#17130e', muted: '#625a4e', rule: '#d9d2c4', wash: '#f6f0e3' }
const dark = { paper: '#16120d', ink: '#fbf5e9', muted: '#b9ae9e', rule: '#3d352b', wash: '#221c15' }

export const pigments: Record<Pigment, { light: string; dark: string }> = {
  vermilion: { light: '#b83220', dark: '#ff8f78' },
  blue: { light: '#1f4fbf', dark: '#98b8ff' },
  green: { light: '#1b6e48', dark: '#7fcea3' },
  violet: { light: '#6b2fa0', dark: '#cfabff' },
  ochre: { light: '#8a5a00', dark: '#e9b84f' },
  teal: { light: '#006b73', dark: '#5fcbd2' },
  ink: { light: '#17130e', dark: '#fbf5e9' },
}

export const sheetOfStyles = (pigment: Pigment) => `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
a:focus-visible { outline: 3px solid currentColor; outline-offset: 3px; }
@media (max-width: 520px) {
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .slab { padding: 22px 20px 26px !important; }
  .day, .event { display: block !important; width: 100% !important; box-sizing: border-box; }
  .day { padding: 0 0 18px !important; text-align: left !important; }
  .day p { display: inline-block !important; vertical-align: baseline !important; margin: 0 8px 0 0 !important; font-size: 19px !important; line-height: 1 !important; }
  .day .number { font-size: 76px !important; line-height: .86 !important; }
  .title { font-size: 27px !important; }
  .long-title { font-size: 23px !important; }
  .action { display: block !important; text-align: center !important; }
  .term, .fact { display: block !important; width: 100% !important; box-sizing: border-box; }
  .term { padding-bottom: 0 !important; }
  .fact { border-top: 0 !important; padding-top: 2px !important; }
}
@media (prefers-color-scheme: dark) {
  .paper { background-color: ${dark.paper} !important; color: ${dark.ink} !important; }
  body > table > tbody > tr > td { background-color: ${dark.paper} !important; }
  .ink { color: ${dark.ink} !important; }
  .muted { color: ${dark.muted} !important; }
  .rule { border-color: ${dark.rule} !important; }
  .heavy { border-color: ${dark.ink} !important; }
  .wash { background-color: ${dark.wash} !important; color: ${dark.ink} !important; }
  .mark { color: #ff8f78 !important; }
  .slab { background-color: ${pigments[pigment].dark} !important; }
  .on-slab { color: ${light.ink} !important; border-color: ${light.ink} !important; }
  .action { background-color: ${dark.ink} !important; color: ${dark.paper} !important; }
}
`

const base: CSSProperties = { margin: 0, fontFamily: text, fontSize: '17px', lineHeight: '26px', color: light.ink }

export const styles = {
  body: { margin: 0, padding: 0, backgroundColor: light.paper },
  container: { width: '100%', maxWidth: '600px', margin: '0 auto', backgroundColor: light.paper },
  house: { padding: '26px 32px 18px' },
  houseName: { ...base, fontFamily: display, fontWeight: 800, fontSize: '22px', lineHeight: '26px', letterSpacing: '-0.03em', textDecoration: 'none' },
  day: { width: '132px', verticalAlign: 'top', paddingRight: '26px' },
  dayWord: { margin: 0, fontFamily: display, fontWeight: 700, fontSize: '18px', lineHeight: '22px', color: '#ffffff' },
  number: { margin: '6px 0 8px', fontFamily: display, fontWeight: 800, fontSize: '104px', lineHeight: '88px', letterSpacing: '-0.045em', color: '#ffffff' },
  event: { verticalAlign: 'bottom' },
  state: {
    display: 'inline-block', margin: '0 0 12px', padding: '3px 9px 4px', border: '2px solid #ffffff', borderRadius: '2px',
    fontFamily: display, fontWeight: 700, fontSize: '15px', lineHeight: '18px', color: '#ffffff',
  },
  title: { margin: 0, fontFamily: display, fontWeight: 800, fontSize: '31px', lineHeight: '1.06', letterSpacing: '-0.022em', color: '#ffffff', overflowWrap: 'anywhere' },
  longTitle: { margin: 0, fontFamily: display, fontWeight: 800, fontSize: '25px', lineHeight: '1.1', letterSpacing: '-0.018em', color: '#ffffff', overflowWrap: 'anywhere' },
  line: { margin: '12px 0 0', fontFamily: text, fontSize: '16px', lineHeight: '23px', color: '#ffffff' },
  words: { padding: '34px 32px 8px' },
  headline: { margin: '0 0 18px', fontFamily: display, fontWeight: 800, fontSize: '28px', lineHeight: '31px', letterSpacing: '-0.02em', color: light.ink },
  heading: { margin: '30px 0 6px', fontFamily: display, fontWeight: 750, fontSize: '19px', lineHeight: '24px', letterSpacing: '-0.01em', color: light.ink },
  text: { ...base, margin: '0 0 14px' },
  quote: { ...base, margin: '4px 0 18px', padding: '2px 0 2px 18px', borderLeft: `4px solid ${light.ink}` },
  details: { margin: '10px 0 24px', borderBottom: `1px solid ${light.rule}` },
  term: { ...base, width: '132px', padding: '11px 16px 11px 0', verticalAlign: 'top', borderTop: `1px solid ${light.rule}`, fontSize: '15px', color: light.muted },
  fact: { ...base, padding: '11px 0', verticalAlign: 'top', borderTop: `1px solid ${light.rule}`, fontWeight: 700, overflowWrap: 'anywhere' },
  was: { fontWeight: 400, color: light.muted, textDecoration: 'line-through' },
  action: {
    display: 'inline-block', margin: '6px 0 20px', padding: '16px 26px', borderRadius: '2px', backgroundColor: light.ink, color: light.paper,
    fontFamily: text, fontWeight: 700, fontSize: '17px', lineHeight: '20px', textDecoration: 'none',
  },
  link: { color: light.ink, textDecoration: 'underline', textUnderlineOffset: '3px' },
  code: {
    margin: '4px 0 22px', padding: '20px 8px 20px 20px', backgroundColor: light.wash, color: light.ink, fontFamily: display, fontWeight: 800,
    fontSize: '50px', lineHeight: '54px', letterSpacing: '0.18em', fontVariantNumeric: 'tabular-nums', textAlign: 'center',
  },
  foot: { padding: '22px 32px 40px' },
  footRule: { margin: '0 0 20px', border: 0, borderTop: `2px solid ${light.ink}`, width: '100%' },
  footnote: { ...base, margin: '0 0 10px', fontSize: '14px', lineHeight: '21px', color: light.muted },
} satisfies Record<string, CSSProperties>

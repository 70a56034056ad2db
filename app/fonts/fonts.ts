import localFont from 'next/font/local'

// next/font reads these calls at build time: every value must be written out, and each call is a family of its own.

const display = localFont({
  src: './bricolage-display-latin.woff2',
  weight: '500 800',
  variable: '--font-display-latin',
  adjustFontFallback: 'Arial',
})

const displayExt = localFont({
  src: './bricolage-display-latin-ext.woff2',
  weight: '500 800',
  variable: '--font-display-ext',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0100-0151, U+0154-0177, U+0179-02BA, U+1E00-1EFF, U+20A0-20AB, U+20AD-20C0' }],
})

const text = localFont({
  src: '../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  weight: '200 800',
  variable: '--font-text-latin',
  adjustFontFallback: 'Arial',
})

const textExt = localFont({
  src: '../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2',
  weight: '200 800',
  variable: '--font-text-ext',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1EFF, U+20A0-20AB, U+20AD-20C0' }],
})

const italic = localFont({
  src: '../../node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-italic.woff2',
  weight: '200 800',
  style: 'italic',
  variable: '--font-italic-latin',
  preload: false,
  adjustFontFallback: 'Arial',
})

const zero = localFont({
  src: './zero-latin.woff2',
  weight: '200 800',
  variable: '--font-zero',
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0030' }],
})

/** Goes on <html>: declares the families that `app/_ui/base.css` stacks up. */
export const fonts = [display, displayExt, text, textExt, italic, zero].map((font) => font.variable).join(' ')

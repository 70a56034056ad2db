import { encode } from 'uqr'
import { classNames } from './class-names'
import styles from './qr-code.module.css'

/** What a camera needs around the code: four modules of light. */
const QUIET = 4

/**
 * An address as a QR code, drawn on the server; always dark on light, whatever the page wears. `says` is read aloud in
 * its place. `id` is the page's to give: the drawing is named after its title.
 */
export function QrCode({ text, says, id, className }: { text: string; says: string; id: string; className?: string }) {
  // Level M survives a fold or a thumb print; a higher one is taken where it makes the code no larger.
  const { data, size } = encode(text, { ecc: 'M', boostEcc: true, border: QUIET })
  return (
    <svg className={classNames(styles.code, className)} viewBox={`0 0 ${size} ${size}`} width={size} height={size} role="img" aria-labelledby={id} shapeRendering="crispEdges" focusable="false">
      <title id={id}>{says}</title>
      <rect width={size} height={size} fill="#ffffff" />
      <path fill="#17130e" d={data.flatMap(runs).join('')} />
    </svg>
  )
}

/** A row's dark modules, those that touch drawn as one bar: fewer bytes, and no hairlines between them on paper. */
function runs(row: boolean[], y: number) {
  return row.flatMap((isDark, x) => {
    if (!isDark || row[x - 1]) return []
    const end = row.indexOf(false, x)
    return [`M${x} ${y}h${(end === -1 ? row.length : end) - x}v1H${x}z`]
  })
}

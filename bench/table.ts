export const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]

/** Columns as wide as they need; the first to the left, the others to the right. */
export function table(heads: string[], rows: string[][]) {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column].length)))
  const line = (row: string[]) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ')
  return [line(heads), widths.map((width) => '─'.repeat(width)).join('──'), ...rows.map(line)].map((one) => `  ${one}`).join('\n')
}

export const whole = (number: number) => Math.round(number).toLocaleString('en')
export const short = (number: number) => (number < 10 ? number.toFixed(2) : number < 100 ? number.toFixed(1) : whole(number))

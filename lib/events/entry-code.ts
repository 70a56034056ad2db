import { randomInt } from 'node:crypto'

/** Without letters and figures that are taken for each other. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
const length = 8

/** A code that nobody guesses: 31^8, more than 39 bits, and wrong tries are few (see the limit on codes). */
export const newCode = () => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

/** A code as it is kept, whatever case, spaces or hyphens it was typed with. */
export const foldCode = (typed: string) => typed.normalize('NFKC').toLowerCase().replace(/[^a-z0-9]/g, '')

/** As it is read aloud and written in a letter: `ABCD-EFGH`. */
export const shownCode = (code: string) => code.toUpperCase().replace(/(.{4})(?=.)/g, '$1-')

import { fold } from '@/lib/text'

/** What was typed to sift with, as words to look for. */
export const siftWords = (typed: string) => fold(typed).split(' ').filter(Boolean)

/** Figures are a recommendation's number, whole; all else may stand anywhere in its folded words. */
export const fits = (one: { number: number | null; words: string }, words: string[]) =>
  words.every((word) => (/^\d+$/.test(word) ? String(one.number) === word : one.words.includes(word)))

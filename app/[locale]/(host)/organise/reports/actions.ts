'use server'

import { getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { type FormState, newForm } from '@/app/_session/form-state'
import { backToList, listFields, listOf, lookedAt, showing } from '@/app/[locale]/(host)/organise/_form/list-input'
import type { ListState, ReadList } from '@/app/[locale]/(host)/organise/_form/list-form'
import { getPathname, type Href } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { done, type Outcome } from '@/lib/outcome'
import { addRecommendation, editRecommendation, removeRecommendation } from '@/lib/reports/edit-recommendation'
import { editReading } from '@/lib/reports/edit-reading'
import { createReport, editReport } from '@/lib/reports/edit-report'
import { importReport, previewReport } from '@/lib/reports/import-report'
import { newReport, readingFacts, recommendationFacts, reportFacts } from '@/lib/reports/schema'
import { typo } from '@/lib/text'
import { readReport, sayWrong } from './read-report'

const named = { report: z.string() }
const going = (href: Href, locale: Locale) => redirect(getPathname({ href, locale }))
const toReport = (slug: string, locale: Locale, did: string) => going({ pathname: '/organise/reports/[slug]', params: { slug }, query: { done: did } }, locale)

export const makeReport = async (state: FormState, form: FormData) => make(state, form)
const make = action({
  room: 'reports',
  schema: newReport,
  verb: (actor, input) => createReport(actor, input),
  then: ({ slug }, _, { locale }) => toReport(slug, locale, 'made'),
})

export const changeReport = async (state: FormState, form: FormData) => change(state, form)
const change = action({
  room: 'reports',
  schema: reportFacts.extend({ ...named, known: z.string() }),
  verb: (actor, { report, known, ...input }) => editReport(actor, report, input, known),
  then: ({ slug }, _, { locale }) => toReport(slug, locale, 'changed'),
})

export const changeReading = async (state: FormState, form: FormData) => changeRead(state, form)
const changeRead = action({
  room: 'reports',
  schema: readingFacts.extend({ ...named, reading: z.string(), known: z.string() }),
  verb: (actor, { report, reading, known, ...input }) => editReading(actor, report, reading, input, known),
  then: ({ slug }, _, { locale }) => toReport(slug, locale, 'changed'),
})

export const putRecommendation = async (state: FormState, form: FormData) => put(state, form)
const put = action({
  room: 'reports',
  schema: recommendationFacts.extend(named),
  verb: async (actor, { report, ...input }): Promise<Outcome<{ number: number; slug: string }, string>> => {
    const added = await addRecommendation(actor, report, input)
    return added.ok ? done({ ...added.value, slug: report }) : added
  },
  then: ({ number, slug }, _, { locale }) => going({ pathname: '/organise/reports/[slug]/recommendations/[number]', params: { slug, number }, query: { done: 'added' } }, locale),
})

export const changeRecommendation = async (state: FormState, form: FormData) => changeOne(state, form)
const changeOne = action({
  room: 'reports',
  schema: recommendationFacts.extend({ ...named, was: z.coerce.number().int(), known: z.string() }),
  verb: async (actor, { report, was, known, ...input }): Promise<Outcome<{ number: number; slug: string }, string>> => {
    // A form without boxes ticked says nothing of them: none is meant.
    const changed = await editRecommendation(actor, report, was, { ...input, themes: input.themes ?? [] }, known)
    return changed.ok ? done({ ...changed.value, slug: report }) : changed
  },
  then: ({ number, slug }, _, { locale }) => going({ pathname: '/organise/reports/[slug]/recommendations/[number]', params: { slug, number }, query: { done: 'changed' } }, locale),
})

export const dropRecommendation = async (state: FormState, form: FormData) => drop(state, form)
const drop = action({
  room: 'reports',
  schema: z.object({ ...named, number: z.coerce.number().int() }),
  verb: (actor, { report, number }) => removeRecommendation(actor, report, number),
  then: ({ slug }, _, { locale }) => toReport(slug, locale, 'removed'),
})

const mostOctets = 3_000_000

/** First what would become of each line, then, once it was seen, just that. */
export async function bringReport(_: ListState, form: FormData): Promise<ListState> {
  const before = backToList(form)
  if (before) return before
  let read: ReadList | undefined
  const act = action({
    room: 'reports',
    schema: z.object({ ...listFields, report: z.string().optional(), known: z.string().optional() }),
    verb: async (actor, { report, known, ...input }, { locale }): Promise<Outcome<{ slug: string }, string>> => {
      const text = await listOf(input, mostOctets)
      if (!text.ok) return text
      const data = await readReport(text.value, report)
      if (!data.ok && !data.fields) return data
      const looked = data.ok ? await previewReport(actor, data.value) : data
      if (!looked.ok && !looked.fields) return looked
      if (looked.ok && data.ok && input.step === 'write') {
        const written = await importReport(actor, data.value, { known: known ?? '' })
        if (written.ok) return written
        if (written.reason !== 'stale') return written
        read = await sayFates(text.value, looked.value, locale)
        return written
      }
      read = looked.ok ? await sayFates(text.value, looked.value, locale) : await sayWrong(text.value, looked.fields ?? [], locale)
      return lookedAt(input)
    },
    then: ({ slug }, __, { locale }) => toReport(slug, locale, 'imported'),
  })
  const state = await act(newForm, form)
  const shown = showing(state, read)
  return state.reason === 'stale' ? { ...shown, formError: state.formError } : shown
}

type Looked = { title: string; fates: { what: string; number: number | null; fate: string }[]; print: string }

async function sayFates(text: string, { title, fates, print }: Looked, locale: Locale): Promise<ReadList> {
  const t = await getTranslations({ locale, namespace: 'reports' })
  const count = (fate: string) => fates.filter((one) => one.fate === fate).length
  const will = fates.length - count('same')
  return {
    text,
    known: print,
    title: t('import.fates', { title: typo(title, locale) }),
    told: (['added', 'changed', 'removed', 'same'] as const).flatMap((fate) => (count(fate) > 0 ? [t(`import.count.${fate}`, { count: count(fate) })] : [])),
    columns: [t('import.columns.what'), t('import.columns.fate'), t('import.columns.number')],
    // What stays is counted, not listed: a change would be lost among it.
    lines: fates.filter(({ fate }) => fate !== 'same').map(({ what, number, fate }) => ({ line: number ?? 0, cells: [what === 'recommendation' ? t('import.recommendation', { number: number ?? 0 }) : t(`import.what.${what === 'facts' ? 'facts' : 'readings'}`)], fate: t(`import.fate.${fate as 'same'}`), wrong: false })),
    wrong: 0,
    wrongTitle: '',
    othersTitle: t('import.fatesTitle'),
    leaveOut: '',
    write: will > 0 ? t('import.write') : null,
  }
}

'use server'

import { getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { action } from '@/app/_session/action'
import { newForm } from '@/app/_session/form-state'
import type { Locale } from '@/i18n/routing'
import { eventBySlug } from '@/lib/events/queries'
import { done, type Outcome } from '@/lib/outcome'
import { importPeople, type LineFate } from '@/lib/registrations/import-people'
import type { ListState, ReadList } from '@/app/[locale]/(host)/organise/_form/list-form'
import { backToList, listFields, listOf, lookedAt, showing } from '@/app/[locale]/(host)/organise/_form/list-input'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'

/** First the fate of each line, told by the act itself and taken back; then, once they were seen, the act. */
export async function importList(_: ListState, form: FormData): Promise<ListState> {
  const before = backToList(form)
  if (before) return before
  let read: ReadList | undefined
  const act = action({
    room: 'people',
    schema: eventNamed.extend(listFields),
    verb: async (actor, { event: slug, ...input }, { locale }): Promise<Outcome<{ slug: string }, string>> => {
      const text = await listOf(input)
      if (!text.ok) return text
      const told = await importPeople(actor, slug, text.value, { dryRun: input.step !== 'write', leaveOut: input.leaveOut !== undefined })
      if (!told.ok) return told
      if (told.value.written) return done({ slug })
      const hybrid = (await eventBySlug(slug))?.mode === 'hybrid'
      read = await readPeople(text.value, told.value, locale, hybrid)
      return lookedAt(input)
    },
    then: ({ slug }, _, { locale }) => redirect(pathOfRoom('/organise/events/[slug]/registrations', slug, locale, { done: 'imported' })),
  })
  return showing(await act(newForm, form), read)
}

async function readPeople(text: string, { lines, aside }: { lines: LineFate[]; aside: string[] }, locale: Locale, hybrid: boolean): Promise<ReadList> {
  const t = await getTranslations({ locale, namespace: 'people.import' })
  const reasons = await getTranslations({ locale, namespace: 'people' })
  const list = await getTranslations({ locale, namespace: 'people.list' })
  const count = (fate: LineFate['fate']) => lines.filter((line) => line.fate === fate).length
  const [wrong, will] = [count('wrong'), count('confirmed') + count('waitlisted')]
  const fateOf = (one: LineFate) => {
    if (one.fate === 'wrong') return one.wrong.map(({ field, reason }) => said(field, reason)).join(' ; ')
    if (one.fate === 'already') return t(`already.${one.before}`)
    if (one.fate === 'twice') return t('twice', { line: one.earlier })
    return [t(`fates.${one.fate}`), hybrid && t(`place.${one.place}`), one.before && t(`before.${one.before}`)].filter(Boolean).join(', ')
  }
  const said = (field: string, reason: string) => {
    const why = reasons.has(`lineErrors.${reason}`) ? reasons(`lineErrors.${reason}`) : reason
    const name = field.startsWith('answers.') ? field.slice('answers.'.length) : field
    if (field === 'line' || field === 'email') return why
    return `${t.has(`fields.${name}`) ? t(`fields.${name}`) : name}${t('colon')} ${why}`
  }
  return {
    text,
    title: t('fatesTitle'),
    told: [
      ...(['confirmed', 'waitlisted', 'already', 'twice', 'wrong'] as const).flatMap((fate) => (count(fate) === 0 ? [] : fate === 'twice' ? [list('twice', { count: count(fate) })] : [t(`count.${fate}`, { count: count(fate) })])),
      ...(will > 0 ? [t('letters', { count: will })] : []),
      ...(aside.length > 0 ? [t('aside', { count: aside.length, names: aside.slice(0, 20).join(', ') })] : []),
    ],
    columns: [t('columns.name'), t('columns.email'), t('columns.fate'), t('columns.line')],
    lines: lines.map((one) => ({ line: one.line, cells: [one.name || '—', one.email], fate: fateOf(one), wrong: one.fate === 'wrong' })),
    wrong,
    wrongTitle: list('wrongTitle', { count: wrong }),
    othersTitle: list('othersTitle'),
    leaveOut: t('leaveOut', { count: wrong }),
    write: will > 0 ? t('write', { count: will }) : null,
  }
}

'use server'

import { getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { newForm, type FormState } from '@/app/_session/form-state'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { done, type Outcome } from '@/lib/outcome'
import { addMembers, type MemberFate } from '@/lib/people/add-members'
import { changeMember } from '@/lib/people/change-member'
import { membersList } from '@/lib/people/members-list'
import { removeMember } from '@/lib/people/remove-member'
import { ChangeMemberInput } from '@/lib/people/schema'
import type { ListState, ReadList } from '@/app/[locale]/(host)/organise/_form/list-form'
import { backToList, listFields, listOf, lookedAt, showing } from '@/app/[locale]/(host)/organise/_form/list-input'
import { sayDates, sayMember } from './member-words'

const room = (locale: Locale, did: string) => getPathname({ href: { pathname: '/organise/members', query: { done: did } }, locale })

/** First the fate of each line; then, once they were seen, the whole list or all but the wrong ones. */
export async function addToMembers(_: ListState, form: FormData): Promise<ListState> {
  const before = backToList(form)
  if (before) return before
  let read: ReadList | undefined
  const act = action({
    room: 'people',
    schema: z.object(listFields),
    verb: async (actor, input, { locale }): Promise<Outcome<{ changed: number }, string>> => {
      const text = await listOf(input)
      if (!text.ok) return text
      const list = membersList(text.value)
      if (!list.ok) return list
      const looked = await addMembers(actor, { entries: list.value, dryRun: true })
      if (!looked.ok) return looked
      const wrong = new Set(looked.value.lines.flatMap(({ fate }, place) => (fate === 'wrong' ? [place] : [])))
      if (input.step !== 'write' || (wrong.size > 0 && !input.leaveOut)) {
        read = await readMembers(text.value, looked.value.lines, locale)
        return lookedAt(input)
      }
      const written = await addMembers(actor, { entries: list.value.filter((_, place) => !wrong.has(place)) })
      return written.ok ? done({ changed: written.value.added + written.value.changed }) : written
    },
    then: (_, __, { locale }) => redirect(room(locale, 'added')),
  })
  return showing(await act(newForm, form), read)
}

async function readMembers(text: string, lines: MemberFate[], locale: Locale): Promise<ReadList> {
  const t = await getTranslations({ locale, namespace: 'people.members' })
  const reasons = await getTranslations({ locale, namespace: 'people.lineErrors' })
  const list = await getTranslations({ locale, namespace: 'people.list' })
  const count = (fate: MemberFate['fate']) => lines.filter((line) => line.fate === fate).length
  const [wrong, will] = [count('wrong'), count('added') + count('changed')]
  return {
    text,
    title: t('fates.title'),
    told: (['added', 'changed', 'known', 'twice', 'wrong'] as const).flatMap((fate) => (count(fate) === 0 ? [] : fate === 'twice' ? [list('twice', { count: count(fate) })] : [t(`fates.count.${fate}`, { count: count(fate) })])),
    columns: [t('columns.value'), t('columns.label'), t('columns.dates'), t('columns.fate'), t('columns.line')],
    lines: lines.map(({ line, value, label, since, until, fate, reason = '' }) => ({
      line,
      cells: [fate === 'wrong' || value.includes('@') ? value : sayMember({ kind: 'domain', value }), label ?? '', sayDates({ since: since ?? null, until: until ?? null }, locale, t)],
      fate: fate === 'wrong' ? (reasons.has(reason) ? reasons(reason) : reason) : t(`fates.${fate}`),
      wrong: fate === 'wrong',
    })),
    wrong,
    wrongTitle: list('wrongTitle', { count: wrong }),
    othersTitle: list('othersTitle'),
    leaveOut: t('fates.leaveOut', { count: wrong }),
    write: will > 0 ? t('fates.write', { count: will }) : null,
  }
}

const member = z.object({ id: z.uuid('unknown') })

export const putMember = async (state: FormState, form: FormData) => change(state, form)

const change = action({
  room: 'people',
  schema: member.extend(ChangeMemberInput.shape),
  verb: (actor, { id, ...input }) => changeMember(actor, id, input),
  then: (_, __, { locale }) => redirect(room(locale, 'changed')),
})

export const takeMemberOff = async (state: FormState, form: FormData) => takeOff(state, form)

const takeOff = action({
  room: 'people',
  schema: member,
  verb: (actor, { id }) => removeMember(actor, id),
  then: (_, __, { locale }) => redirect(room(locale, 'removed')),
})

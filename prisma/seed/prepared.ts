import { guest, type PersonActor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { capability } from '@/lib/ids'
import { newBlockId, type TaskList } from '@/lib/notes/document'
import { prepareQuestion, voteForQuestion } from '@/lib/notes/prepare-question'
import { setTemplate } from '@/lib/series/set-template'
import { addDays, wallOf } from '@/lib/time'
import { readData, told } from './read'
import type { Act, Made, Plan } from './season'

type Data = {
  questions: Record<string, { text: string; votes: number }[]>
  tasks: Record<string, { text: string; owner: string | null; days: number | null; done?: boolean }[]>
  template: { series: string; markdown: string }
}

const [day, minute] = [24 * 3_600_000, 60_000]

/** What people who registered ask before a session, with the voices of others; and what the notes of the cafés begin with. */
export function tellPrepared(plan: Plan, made: Made, startsAt: Date, organiser: PersonActor): Act[] {
  const { questions, template } = readData<Data>('season/prepared.json')
  const asked = questions[String(plan.event.title)] ?? []
  // After the last of them registered, and never in the future.
  const last = Math.min(startsAt.getTime() - day, now().getTime() - day)
  const acts = asked.map(({ text, votes }, i): Act => ({
    at: new Date(last + i * minute),
    tell: async () => {
      const seated = await db.registration.findMany({ where: { event: { slug: made.slug }, status: 'confirmed' }, orderBy: { createdAt: 'asc' }, select: { id: true, generation: true } })
      const links = seated.map(({ id, generation }) => ({ token: capability('manage', id, generation) }))
      const { id } = await told(text, prepareQuestion(guest, links[i], { text }))
      for (const link of links.filter((_, one) => one !== i).slice(0, votes)) await told(text, voteForQuestion(guest, link, id))
    },
  }))
  if (asked.length > 0 && plan.week === 1) acts.push({ at: new Date(last - day), tell: () => told(template.series, setTemplate(organiser, template.series, { template: template.markdown })) })
  return acts
}

/** What a session's notes left to do. None of it is a passage. */
export function tasksAfter(notes: string, startsAt: Date): TaskList[] {
  const tasks = readData<Data>('season/prepared.json').tasks[notes] ?? []
  if (tasks.length === 0) return []
  const date = wallOf(startsAt, 'Europe/Paris').date
  return [{
    type: 'taskList',
    content: tasks.map(({ text, owner, days, done = false }) => ({
      type: 'taskItem',
      attrs: { checked: done, owner, due: days === null ? null : addDays(date, days), follows: null },
      content: [{ type: 'paragraph', attrs: { id: newBlockId(), about: [] }, content: [{ type: 'text', text }] }],
    })),
  }]
}

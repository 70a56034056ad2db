import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { EmptyState } from '@/app/_ui/notice'
import { Page, PageHead } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { Table } from '@/app/_ui/table'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { journal } from '@/lib/activity/queries'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { eventsByIds } from '@/lib/events/queries'
import { isId } from '@/lib/ids'
import { sayDay, sayHour } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { Fold } from '@/app/[locale]/(host)/organise/fold'
import styles from '@/app/[locale]/(host)/organise/organise.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ after?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'organise.journal' })
  return { title: t('title') }
}

/** Who did what, when. */
export default async function ActivityPage({ params, searchParams }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const [t, inbox] = await Promise.all([getTranslations({ locale, namespace: 'organise.journal' }), getTranslations({ locale, namespace: 'inbox' })])
  const asked = (await searchParams).after
  const after = isId(asked) ? asked : undefined
  const { lines, next } = await journal(after)
  const events = await eventsByIds(lines.flatMap(({ eventId }) => eventId ?? []))
  const zone = config().defaultTimeZone
  const today = wallOf(now(), zone).date
  const here = getPathname({ href: '/organise/activity', locale })

  return (
    <Page>
      <PageHead title={t('title')}><p>{t('lede')}</p></PageHead>
      <Table
        caption={t('title')}
        captionHidden
        columns={[{ key: 'at', label: t('at') }, { key: 'what', label: t('what') }, { key: 'who', label: t('who') }, { key: 'about', label: t('about') }]}
        rows={lines.map((line) => {
          const { date, time } = wallOf(line.at, zone)
          const event = line.eventId ? events.get(line.eventId) : undefined
          const key = `verbs.${line.verb}`
          const changes = changed(line.before, line.after, (value, name) => codeOf(name, value, inbox) ?? sayValue(value, t, locale))
          return {
            key: line.id,
            cells: [
              <time key="at" dateTime={line.at.toISOString()}>{sayDay(date, locale, { today, weekday: false })}, {sayHour(time, locale)}</time>,
              <div key="what">
                {t.has(key) ? t(key) : line.verb}
                {changes.length > 0 && (
                  <Fold summary={t('changes', { count: changes.length })}>
                    <ul className={styles.journal}>
                      {changes.map(({ name, was, is }) => (
                        <li key={name}>{t.has(`fields.${name}`) ? t(`fields.${name}`) : name}{t('colon')} {was !== null && <><del>{was}</del> → </>}{is}</li>
                      ))}
                    </ul>
                  </Fold>
                )}
              </div>,
              line.actorName,
              event ? <a key="about" href={pathOfRoom('/organise/events/[slug]', event.slug, locale)} lang={event.language === locale ? undefined : event.language}>{event.title}</a> : null,
            ],
          }
        })}
        empty={<EmptyState title={t('empty')}><p>{t('emptyHint')}</p></EmptyState>}
      />
      <Pagination label={t('pages')} previous={after ? { href: here, label: t('newest') } : undefined} next={next ? { href: `${here}?after=${next}`, label: t('older') } : undefined} />
    </Page>
  )
}

/** What a line kept of before and after: short texts alone, the rest is only named. */
function changed(before: unknown, after: unknown, say: (value: unknown, name: string) => string) {
  const [was, is] = [facts(before), facts(after)]
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  return names.filter((name) => !derived.has(name) && !name.endsWith('Id')).map((name) => ({ name, was: name in was ? say(was[name], name) : null, is: say(is[name], name) }))
}

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/
const derived = new Set(['startsAt', 'endsAt', 'overAt', 'sequence', 'searchText'])
const facts = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {})

/** What a message that came in was tied as, and what had been made of it before, in the inbox's own words. */
function codeOf(name: string, value: unknown, t: Awaited<ReturnType<typeof getTranslations<'inbox'>>>) {
  const key = name === 'as' ? `tie.means.${String(value)}` : name === 'was' ? `outcome.${String(value)}` : null
  return key && t.has(key) ? t(key as 'outcome.words') : null
}

/** A yes or no, an instant, a list of words, or how many there are of anything else. */
function sayValue(value: unknown, t: Awaited<ReturnType<typeof getTranslations<'organise.journal'>>>, locale: Locale) {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'string' && instant.test(value)) {
    const { date, time } = wallOf(new Date(value), config().defaultTimeZone)
    return `${sayDay(date, locale, { weekday: false })}, ${sayHour(time, locale)}`
  }
  const isWords = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' && !isId(one))
  const text = typeof value === 'string' ? value : isWords ? value.join(', ') : Array.isArray(value) ? String(value.length) : JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}

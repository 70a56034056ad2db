import { getTranslations } from 'next-intl/server'
import { type EventRoom, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import type { Locale } from '@/i18n/routing'
import { groupOf, groups } from './rooms'
import styles from './room-bar.module.css'

/** What waits in a room, said beside its name. */
export type Counts = { [room in EventRoom]?: number }

/** The doors between the rooms of one event: what they are about, then the rooms of the one where one is. */
export async function RoomBar({ slug, title, here, locale, counts = {} }: { slug: string; title: string; here: string | null; locale: Locale; counts?: Counts }) {
  const t = await getTranslations({ locale })
  const current = groupOf(here)
  const listed = current?.rooms.flatMap(({ room, says }) => (says ? [{ room, says }] : [])) ?? []
  return (
    <div className={`${styles.bar} no-print`}>
      <nav aria-label={t('organise.tabs.label', { title })}>
        <ul className={styles.groups}>
          {groups.map((group) => (
            <li key={group.says}>
              <a href={pathOfRoom(group.rooms[0].room, slug, locale)} aria-current={group !== current ? undefined : listed.length > 1 ? 'true' : 'page'}>{t(group.says)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {current && listed.length > 1 && (
        <nav aria-label={t(current.says)}>
          <ul className={styles.rooms}>
            {listed.map(({ room, says }) => (
              <li key={room}><a href={pathOfRoom(room, slug, locale)} aria-current={room === here ? 'page' : undefined}>{t(says, { count: counts[room] ?? 0 })}</a></li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}

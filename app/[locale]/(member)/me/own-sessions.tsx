import { getTranslations } from 'next-intl/server'
import { cookies } from 'next/headers'
import { today } from '@/app/[locale]/event-words'
import { sessionCookie } from '@/app/_session/cookies'
import { Button, Buttons } from '@/app/_ui/button'
import { Section, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import { sessionsOf } from '@/lib/people/queries'
import { sayWhen, typo } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { endMySessions } from './actions'
import styles from './me.module.css'

/** The browsers that are logged in, and how to log them out. */
export async function OwnSessions({ personId, locale }: { personId: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'mine.me' })
  const sessions = await sessionsOf(personId, (await cookies()).get(sessionCookie().name)?.value)
  const others = sessions.filter(({ isThis }) => !isThis)
  return (
    <Section title={t('parts.sessions')} id="sessions">
      <Stack close>
        <p className="measure">{t('sessions.words')}</p>
        <ul className={styles.list}>
          {sessions.map(({ id, device, createdAt, isThis }) => (
            <li key={id}>
              <span className={styles.what}><b>{device ?? t('sessions.unknown')}</b>{isThis && <> ({t('sessions.this')})</>}</span>
              <span className="small">{typo(t('sessions.since', { when: said(createdAt) }), locale)}</span>
              {!isThis && (
                <form action={endMySessions}>
                  <input type="hidden" name="locale" value={locale} />
                  <input type="hidden" name="session" value={id} />
                  <Button look="quiet">{t('sessions.end')}<span className="visually-hidden"> {device ?? t('sessions.unknown')}, {said(createdAt)}</span></Button>
                </form>
              )}
            </li>
          ))}
        </ul>
        {others.length === 0 ? (
          <p className="small">{t('sessions.alone')}</p>
        ) : (
          <form action={endMySessions}>
            <input type="hidden" name="locale" value={locale} />
            <Buttons><Button look="ghost">{t('sessions.endAll')}</Button></Buttons>
          </form>
        )}
      </Stack>
    </Section>
  )

  function said(at: Date) {
    const timeZone = config().defaultTimeZone
    return sayWhen({ start: wallOf(at, timeZone), end: null, timeZone, startsAt: at, endsAt: null }, locale, { today: today() })
  }
}

import { getTranslations } from 'next-intl/server'
import { sayPast } from '@/app/[locale]/(public)/instant-words'
import { Details } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { HeldRegistration as Held } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'
import type { Story } from './state'
import styles from './registration.module.css'

/** What happened to this registration, in plain words; what only organisers need to know of the line is left to them. */
export async function StoryOf({ story, held: { askedAt, event }, locale }: { story: Story; held: Held; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const told = story.flatMap((step, place) => {
    const changed = step.status !== story[place - 1]?.status
    const byTeam = step.reason === 'cancelled' && step.actor !== 'themselves' ? ['team-cancelled'] : []
    const keys = [...byTeam, `${step.reason}-${step.status}`, step.reason, ...(changed ? [`is-${step.status}`] : [])].map((key) => `story.${key}`)
    const key = keys.find((one) => t.has(one as Parameters<typeof t.has>[0]))
    return key ? [{ id: String(step.id), at: step.at, words: t(key as 'story.form') }] : []
  })
  const asked = askedAt ? [{ id: 'asked', at: askedAt, words: t('story.asked') }] : []
  const lines = [...told, ...asked].toSorted((a, b) => a.at.getTime() - b.at.getTime())
  if (lines.length === 0) return null
  return (
    <Details summary={t('storyTitle')}>
      <ol className={styles.story}>
        {lines.map(({ id, at, words }) => (
          <li key={id}>
            <time dateTime={at.toISOString()}>{typo(sayPast(at, event.timeZone, locale), locale)}</time>
            {words}
          </li>
        ))}
      </ol>
    </Details>
  )
}

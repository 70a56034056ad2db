import { getTranslations } from 'next-intl/server'
import { hostOf } from '@/app/[locale]/event-words'
import { currentActor } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { Frame, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import { canRead } from '@/lib/notes/access'
import type { editionsOf } from '@/lib/notes/queries'
import { seatOf } from '@/lib/registrations/queries'
import { sayDay } from '@/lib/text'
import { wallOf } from '@/lib/time'

type Props = { event: EventPage; editions: Awaited<ReturnType<typeof editionsOf>>; locale: Locale; /** Would a reader look for notes here? */ expected: boolean }

/** After an event, what was said there stands where the seats stood: our edition, or the text that another site keeps. */
export async function RestitutionPanel({ event, editions, locale, expected }: Props) {
  const t = await getTranslations({ locale, namespace: 'event' })
  const edition = editions.find(({ withdrawnAt }) => withdrawnAt === null)
  const isShown = edition && event.notesVisibility !== 'organisers'
  if (!isShown && !event.restitutionUrl && !expected) return null
  const outside = event.restitutionUrl
  return (
    <section id="registration" aria-labelledby="restitution-title">
      <Frame>
        <Stack close>
          <h2 id="restitution-title">{t('restitution.title')}</h2>
          {isShown ? (
            <Ours event={event} publishedAt={edition.publishedAt} locale={locale} />
          ) : outside ? (
            <>
              <p>{t('restitution.outside', { host: hostOf(outside) })} {event.restitutionOn && t('restitution.published', { day: sayDay(event.restitutionOn.toISOString().slice(0, 10), locale, { weekday: false }) })}</p>
              <LinkButton wide href={outside} rel="noopener">{t('restitution.read')}</LinkButton>
            </>
          ) : (
            <p>{t('restitution.none')}</p>
          )}
        </Stack>
      </Frame>
    </section>
  )
}

async function Ours({ event, publishedAt, locale }: { event: EventPage; publishedAt: Date; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'event' })
  const actor = await currentActor()
  const seat = event.notesVisibility === 'registered' && actor.kind === 'person' ? await seatOf(event.id, actor.addressFolds) : null
  const day = sayDay(wallOf(publishedAt, event.timeZone).date, locale, { weekday: false })
  return (
    <>
      <p>{t('restitution.text')} {t('restitution.published', { day })}</p>
      {canRead(actor, event, seat) ? (
        <LinkButton wide href={getPathname({ href: { pathname: '/events/[slug]/notes', params: { slug: event.slug } }, locale })}>{t('restitution.read')}</LinkButton>
      ) : (
        <p>{t('restitution.registered')}</p>
      )}
    </>
  )
}

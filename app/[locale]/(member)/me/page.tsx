import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { datePartsOf, otherLanguage, pigmentOf } from '@/app/[locale]/event-words'
import { requirePerson } from '@/app/_session/actor'
import { DateBlock } from '@/app/_ui/date-block'
import { EmptyState } from '@/app/_ui/notice'
import { LinkButton } from '@/app/_ui/button'
import { Section, Stack } from '@/app/_ui/page'
import { Entry } from '@/app/_ui/programme'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { shown } from '@/lib/events/rules'
import { capability } from '@/lib/ids'
import { pathOf } from '@/lib/pathnames'
import { registrationsOfPerson } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'
import { OwnCalendar } from './own-calendar'

interface Props {
  params: Promise<{ locale: Locale }>
}

type Row = Awaited<ReturnType<typeof registrationsOfPerson>>[number]

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'login.me' })
  return { title: t('title') }
}

/** One's own place: every registration made with one's address, each leading to the page where it is managed. */
export default async function MePage({ params }: Props) {
  const { locale } = await params
  const person = await requirePerson({ locale })
  const t = await getTranslations({ locale, namespace: 'registration.mine' })
  const rows = await registrationsOfPerson(person.addressFolds)
  const coming = rows.filter(({ event }) => event.overAt > now()).reverse()
  const past = rows.filter(({ event }) => event.overAt <= now())
  return (
    <Stack>
      <Section title={t('coming')} id="coming">
        {coming.length === 0 && <EmptyState title={t('none')} action={<LinkButton href={getPathname({ href: '/', locale })}>{t('agenda')}</LinkButton>}>{t('noneWords')}</EmptyState>}
        {coming.map((row) => <Mine key={row.id} row={row} locale={locale} />)}
      </Section>
      {past.length > 0 && (
        <Section title={t('past')} id="past">
          {past.map((row) => <Mine key={row.id} row={row} locale={locale} past />)}
        </Section>
      )}
      <OwnCalendar personId={person.id} locale={locale} />
    </Stack>
  )
}

async function Mine({ row, locale, past }: { row: Row; locale: Locale; past?: boolean }) {
  const t = await getTranslations({ locale, namespace: 'registration.mine' })
  const { event, status } = row
  const { title, language } = shown(event, locale)
  const words = await getTranslations({ locale, namespace: 'event' })
  const isOff = event.status === 'called_off'
  const state = isOff ? 'calledOff' : status
  return (
    <Entry
      pigment={pigmentOf(event)}
      past={past}
      title={typo(title, language as Locale)}
      lang={otherLanguage(language, locale)}
      href={pathOf('/registrations/[token]', { token: capability('manage', row.id, row.generation) }, locale)}
      date={<DateBlock {...datePartsOf(event, locale, words)} past={past} struck={isOff} />}
    >
      <p>{t(`state.${state}`, { seats: row.seats })}</p>
    </Entry>
  )
}

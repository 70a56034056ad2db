import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { datePartsOf, otherLanguage, pigmentOf } from '@/app/[locale]/event-words'
import { requirePerson } from '@/app/_session/actor'
import { DateBlock } from '@/app/_ui/date-block'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { Choices, Section, Stack } from '@/app/_ui/page'
import { Entry } from '@/app/_ui/programme'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { shown } from '@/lib/events/rules'
import { capability } from '@/lib/ids'
import { pathOf } from '@/lib/pathnames'
import { registrationsOfPerson } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'
import { OwnAddresses } from './own-addresses'
import { OwnCalendar } from './own-calendar'
import { OwnFollows } from './own-follows'
import { OwnSessions } from './own-sessions'
import { OwnStandings } from './own-standings'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ said?: string; standing?: string; follows?: string }>
}

type Row = Awaited<ReturnType<typeof registrationsOfPerson>>[number]

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'login.me' })
  return { title: t('title') }
}

/** One's own place: registrations, standing ones, the calendar, addresses, log-ins, and everything to take away. */
export default async function MePage({ params, searchParams }: Props) {
  const { locale } = await params
  const person = await requirePerson({ locale })
  const { said, standing, follows } = await searchParams
  const t = await getTranslations({ locale, namespace: 'registration.mine' })
  const mine = await getTranslations({ locale, namespace: 'mine.me' })
  const rows = await registrationsOfPerson(person.addressFolds)
  const coming = rows.filter(({ event }) => event.overAt > now()).reverse()
  const past = rows.filter(({ event }) => event.overAt <= now())
  const several = person.addressFolds.length > 1
  return (
    <Stack>
      {said && mine.has(`said.${said}` as 'said.added') && <Notice tone="success" live="status" title={mine(`said.${said}` as 'said.added')} />}
      <Choices label={mine('nav')} links={parts.map((part) => ({ label: mine(`parts.${part}`), href: `#${part}` }))} />
      <div>
        <Section title={t('coming')} id="coming">
          {coming.length === 0 && <EmptyState title={t('none')} action={<LinkButton href={getPathname({ href: '/', locale })}>{t('agenda')}</LinkButton>}>{t('noneWords')}</EmptyState>}
          {coming.map((row) => <Mine key={row.id} row={row} locale={locale} several={several} />)}
        </Section>
        {past.length > 0 && (
          <Section title={t('past')} id="past">
            {past.map((row) => <Mine key={row.id} row={row} locale={locale} several={several} past />)}
          </Section>
        )}
        <OwnStandings addressFolds={person.addressFolds} locale={locale} said={standing} />
        <OwnFollows addressFolds={person.addressFolds} locale={locale} said={follows} />
        <OwnCalendar personId={person.id} locale={locale} />
        <OwnAddresses personId={person.id} locale={locale} />
        <OwnSessions personId={person.id} locale={locale} />
        <Section title={mine('data.title')} id="data">
          <Stack close>
            <p className="measure">{mine('data.words')}</p>
            {said === 'too-many-exports' && <Notice tone="warning" live="alert" title={mine('data.tooMany')} />}
            <Buttons><LinkButton look="ghost" href={pathOf('/me/export', {}, locale)} download>{mine('data.export')}</LinkButton></Buttons>
          </Stack>
        </Section>
      </div>
    </Stack>
  )
}

const parts = ['coming', 'standing', 'follows', 'calendar', 'addresses', 'sessions', 'data'] as const

async function Mine({ row, locale, several, past }: { row: Row; locale: Locale; several: boolean; past?: boolean }) {
  const t = await getTranslations({ locale, namespace: 'registration.mine' })
  const mine = await getTranslations({ locale, namespace: 'mine.me' })
  const { event, status } = row
  const { title, language } = shown(event, locale)
  const words = await getTranslations({ locale, namespace: 'event' })
  const isOff = event.status === 'called_off'
  const state = isOff ? 'calledOff' : status
  const isLive = status !== 'cancelled' && !isOff
  const besides = [
    isLive && row.companions.length > 0 && mine('with', { names: row.companions.map(({ name }) => name).join(', ') }),
    isLive && row._count.answers > 0 && mine('answered', { count: row._count.answers }),
    isLive && row.standingId !== null && mine('through'),
    several && mine('at', { address: row.address }),
  ].filter((one) => one !== false)
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
      {besides.length > 0 && <p className="small">{typo(besides.join(' '), locale)}</p>}
    </Entry>
  )
}

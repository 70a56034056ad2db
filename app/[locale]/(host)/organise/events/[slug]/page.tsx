import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { DateBlock } from '@/app/_ui/date-block'
import { Notice } from '@/app/_ui/notice'
import { Columns, Facts, Page, Section, Stack } from '@/app/_ui/page'
import { Band } from '@/app/_ui/programme'
import { SeatBar } from '@/app/_ui/seat-bar'
import { ThemeChips } from '@/app/_ui/theme-chip'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { consentRequestsOf, duties, keepersOf, questionsOf, remindersOf } from '@/lib/events/queries'
import { modeName, opening, standing, statusName } from '@/lib/events/rules'
import { countAnswers } from '@/lib/inbox/queries'
import { countProposals, countResources } from '@/lib/notes/queries'
import { accessNeedsOf, countLists } from '@/lib/registrations/queries'
import { sayWhen } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { publishEvent } from '@/app/[locale]/(host)/organise/events/actions'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import styles from '@/app/[locale]/(host)/organise/organise.module.css'
import { daysSince, sayEventWhen, seatsOf, titleOf } from '@/app/[locale]/(host)/organise/say-event'
import { datePartsOf, pigmentOf, today } from '@/app/[locale]/event-words'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

const known = ['created', 'published', 'saved', 'told', 'called-off', 'back-on'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'organise.event' })
  return { title: t('title', { title: event.title }) }
}

/** One event: where it stands, what is due, and the doors to every act. */
export default async function EventRoomPage({ params, searchParams }: Props) {
  const actor = await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]')
  const [t, said, inbox, kept, sent, publishing] = await Promise.all([
    getTranslations({ locale, namespace: 'organise' }), getTranslations({ locale, namespace: 'people.access' }), getTranslations({ locale, namespace: 'inbox.tally' }), getTranslations({ locale, namespace: 'takeaway.room' }),
    getTranslations({ locale, namespace: 'resources.room' }), getTranslations({ locale, namespace: 'restitution.room' }),
  ])
  const [owed, count, seats, questions, consents, keepers, reminders, access, answers, proposals, resources] = await Promise.all([
    duties(event.id), countLists(event.id), seatsOf(event, locale), questionsOf(event.id), consentRequestsOf(event.id), keepersOf(event.id), remindersOf(event.id), accessNeedsOf(actor, event.id), countAnswers(event.id), countProposals(event.id), countResources(event.id),
  ])
  const did = saidDone((await searchParams).done, known)
  const { title, lang } = titleOf(event, locale)
  const isOver = event.overAt <= now()
  const changeable = event.status === 'published' && !isOver
  const publicPage = getPathname({ href: { pathname: '/events/[slug]', params: { slug: event.slug } }, locale })
  const room = (name: 'edit' | 'registrations' | 'questions' | 'seats' | 'access' | 'reminders' | 'prepared' | 'notes' | 'restitution' | 'resources' | 'proposals' | 'discussed' | 'change' | 'call-off' | 'put-back-on') => pathOfRoom(`/organise/events/[slug]/${name}`, event.slug, locale)
  const status = isOver && event.status === 'published' ? 'over' : statusName[event.status]

  const opens = opening(event, now())
  const needs = access?.needs.filter(({ state }) => state === 'open').length ?? 0

  const { seated, accepted, tentative, declined, silent, countered } = answers
  const answered = seated > silent
    ? inbox('line', { yes: accepted, maybe: tentative, no: declined, silent })
    : config().answersRead ? inbox('none') : inbox('closed')

  const due = [
    event.status === 'draft' && { key: 'publish', text: t('due.publish') },
    changeable && event.audience === 'invited' && owed.invitees === 0 && { key: 'invite', href: room('registrations'), text: t('due.invite') },
    changeable && event.asksAccess && keepers.length === 0 && { key: 'keepers', href: `${room('questions')}#access`, text: t('due.keepers') },
    changeable && count.awaited > 0 && { key: 'pending', href: room('registrations'), text: t('due.pending', { count: count.awaited }) },
    countered > 0 && { key: 'countered', href: getPathname({ href: '/organise/inbox', locale }), text: inbox('due', { count: countered }) },
    changeable && needs > 0 && { key: 'access', href: room('access'), text: said('due', { count: needs }) },
    changeable && event.mode !== 'in_person' && !event.joinUrl && { key: 'join', href: room('change'), text: t('due.joinUrl') },
    changeable && event.mode !== 'online' && !event.venue && { key: 'venue', href: room('change'), text: t('due.venue') },
    changeable && !event.startTime && { key: 'hour', href: room('change'), text: t('due.hour') },
    proposals > 0 && { key: 'proposals', href: room('proposals'), text: kept('due', { count: proposals }) },
    resources > 0 && { key: 'resources', href: room('resources'), text: sent('due', { count: resources }) },
    isOver && event.status === 'published' && owed.undiscussed && { key: 'discussed', href: room('discussed'), text: t('due.discussed') },
    isOver && event.status === 'published' && owed.unwritten && { key: 'notes', href: room('restitution'), text: publishing('due', { days: daysSince(event) }) },
  ].filter((one) => one !== false)

  const doors = [
    { href: publicPage, label: t(event.status === 'draft' ? 'doors.preview' : 'doors.public'), text: t(event.status === 'draft' ? 'doors.previewHint' : 'doors.publicHint') },
    event.status !== 'called_off' && { href: room('edit'), label: t('doors.edit'), text: t('doors.editHint') },
    changeable && { href: room('change'), label: t('doors.change'), text: t('doors.changeHint') },
    { href: room('registrations'), label: t('doors.registrations'), text: t('doors.registrationsHint', { confirmed: count.seated, waiting: count.waiting }) },
    { href: room('questions'), label: t('doors.questions'), text: t('doors.questionsHint', { questions: questions.length, consents: consents.length, access: event.asksAccess ? 'yes' : 'no' }) },
    { href: room('seats'), label: t('doors.seats'), text: t('doors.seatsHint') },
    { href: room('reminders'), label: t('doors.reminders'), text: t('doors.remindersHint', { count: reminders.length }) },
    { href: room('prepared'), label: t('doors.prepared'), text: t('doors.preparedHint', { asks: event.asksQuestions ? 'yes' : 'no' }) },
    { href: room('notes'), label: t('doors.notes'), text: t('doors.notesHint') },
    { href: room('restitution'), label: t('doors.restitution'), text: t('doors.restitutionHint') },
    { href: room('resources'), label: t('doors.resources'), text: t('doors.resourcesHint') },
    { href: room('discussed'), label: t('doors.discussed'), text: t('doors.discussedHint') },
    event.status === 'called_off' && event.startsAt > now() && { href: room('put-back-on'), label: t('doors.putBackOn'), text: t('doors.putBackOnHint') },
    changeable && { href: room('call-off'), label: t('doors.callOff'), text: t('doors.callOffHint') },
  ].filter((one) => one !== false)

  return (
    <>
      <Band
        pigment={pigmentOf(event)}
        date={<DateBlock size="band" {...datePartsOf(event, locale, await getTranslations({ locale, namespace: 'event' }))} struck={event.status === 'called_off'} status={event.status === 'called_off' ? t('status.called-off') : undefined} />}
        title={title}
        lang={lang}
        over={event.status === 'called_off' ? undefined : t(`status.${status}`)}
      >
        <p>{sayEventWhen(event, locale)}</p>
      </Band>
      <Page>
        {did && <Notice tone="success" live="status"><p>{t(`done.${did}`)}</p></Notice>}
        <Columns aside={
          <Stack>
            <SeatBar {...seats} large />
            <p className="small muted">{opens ? t('standing.opens', { when: sayWhen({ start: wallOf(opens, event.timeZone), end: null, timeZone: event.timeZone, startsAt: opens, endsAt: null }, locale, { today: today(), zone: false }) }) : t(`standing.${event.status === 'published' ? standing(event, now()) : status}`)}</p>
            <Facts facts={[
              { term: t('facts.where'), detail: [t(`mode.${modeName[event.mode]}`), event.venue?.name].filter(Boolean).join(', ') },
              { term: t('facts.audience'), detail: t(`form.audience.${event.audience}`) },
              ...(seated > 0 && (changeable || seated > silent) ? [{ term: inbox('term'), detail: answered }] : []),
              { term: t('facts.notes'), detail: t(`form.notesVisibility.${event.notesVisibility}`) },
              { term: t('facts.recommendations'), detail: event.recommendations.map(({ recommendation }) => t('facts.number', { number: recommendation.number })).join(', ') || t('facts.none') },
            ]} />
            <ThemeChips label={t('facts.themes')} themes={event.themes.map(({ theme }) => ({ name: locale === 'fr' ? theme.shortFr : theme.shortEn, pigment: theme.pigment, glyph: theme.glyph }))} />
          </Stack>
        }>
          <Section id="due" title={t('due.title')}>
            {due.length === 0 && <p className="muted">{t('due.nothing')}</p>}
            <ul className={styles.acts}>
              {due.map(({ key, text, ...one }) => <li key={key}>{'href' in one ? <a href={one.href}>{text}</a> : text}</li>)}
            </ul>
            {event.status === 'draft' && (
              <div className={styles.jump}>
                <Buttons>
                  <ActForm act={publishEvent} fields={{ event: event.slug, locale }} label={t('publish')} />
                  <LinkButton look="ghost" href={publicPage}>{t('doors.preview')}</LinkButton>
                </Buttons>
              </div>
            )}
          </Section>
          <Section id="doors" title={t('doors.title')}>
            <ul className={styles.rooms}>
              {doors.map(({ href, label, text }) => (
                <li key={label}>
                  <a href={href}>{label}</a>
                  <p>{text}</p>
                </li>
              ))}
            </ul>
          </Section>
        </Columns>
      </Page>
    </>
  )
}

import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Page, Section, Stack } from '@/app/_ui/page'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { sayRecommendation } from '@/app/[locale]/(host)/organise/events/[slug]/say-recommendation'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { sayPast } from '@/app/[locale]/(public)/instant-words'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import { type DecidedProposal, type OpenProposal, proposalsOf } from '@/lib/notes/queries'
import { typo } from '@/lib/text'
import { type Candidate, ProposalForm } from './proposal-form'
import styles from './proposals.module.css'

const room = '/organise/events/[slug]/proposals'
const notes = '/organise/events/[slug]/notes'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'takeaway.room' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** What people keep from the session: what waits for a yes or no, and what was decided. */
export default async function ProposalsRoom({ params, searchParams }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, room)
  const [t, { open, decided }, messages, asked] = await Promise.all([
    getTranslations({ locale, namespace: 'takeaway.room' }), proposalsOf(event.id), getMessages({ locale }), searchParams,
  ])
  const did = saidDone(asked.done, ['approved', 'declined', 'already'] as const)
  return (
    <Page className={styles.page}>
      <RoomHead event={event} locale={locale} title={t('title')}><p>{t('lede')}</p></RoomHead>
      <Stack>
        {did && (
          <Notice tone={did === 'already' ? 'info' : 'success'} live="status" title={t(`done.${did}`)}>
            {did === 'approved' && <p><a href={pathOfRoom(notes, event.slug, locale)}>{t('notes')}</a> · <a href={pathOfRoom('/organise/events/[slug]/restitution', event.slug, locale)}>{t('publish')}</a></p>}
          </Notice>
        )}
        <Section id="open" title={t('open')} beside={open.length > 0 ? t('count', { count: open.length }) : undefined}>
          {open.length === 0 && <NothingOpen event={event} locale={locale} isFirst={decided.length === 0} />}
          <NextIntlClientProvider locale={locale} messages={{ takeaway: { room: (messages.takeaway as Record<string, object>).room } }}>
            <ul className={styles.cards}>{open.map((one, place) => <Card key={one.id} proposal={one} event={event} locale={locale} isFirst={place === 0} />)}</ul>
          </NextIntlClientProvider>
        </Section>
        {decided.length > 0 && (
          <Section id="decided" title={t('decided')} beside={t('count', { count: decided.length })}>
            <ul className={styles.decided}>{decided.map((one) => <Decided key={one.id} proposal={one} event={event} locale={locale} />)}</ul>
          </Section>
        )}
      </Stack>
    </Page>
  )
}

async function NothingOpen({ event, locale, isFirst }: { event: EventPage; locale: Locale; isFirst: boolean }) {
  const t = await getTranslations({ locale, namespace: 'takeaway.room' })
  if (!isFirst) return <p className="muted">{t('none')}</p>
  const isComing = event.takeawayDoneAt === null && event.status !== 'called_off'
  const hint = isComing ? (event.asksTakeaway ? 'noneComing' : 'noneOff') : event.asksTakeaway && event.status === 'published' ? 'noneAsked' : 'noneEver'
  const reminders = isComing && <Buttons><LinkButton look="ghost" href={pathOfRoom('/organise/events/[slug]/reminders', event.slug, locale)}>{t('reminders')}</LinkButton></Buttons>
  return <EmptyState title={t('none')} action={reminders}><p>{t(hint)}</p></EmptyState>
}

type CardProps<Proposal> = { proposal: Proposal; event: EventPage; locale: Locale }

async function Card({ proposal, event, locale, isFirst }: CardProps<OpenProposal> & { isFirst: boolean }) {
  const t = await getTranslations({ locale, namespace: 'takeaway.room' })
  const { id, text, signature, createdAt, registration } = proposal
  const name = registration?.name ?? t('nobody')
  return (
    <li>
      <div>
        <h3 className="visually-hidden">{t('decideTitle', { name })}</h3>
        <Words proposal={proposal} event={event} locale={locale} />
      </div>
      <ProposalForm
        id={id} slug={event.slug} locale={locale} language={event.language} text={text} signature={signature} seen={createdAt.toISOString()}
        candidates={candidatesOf(event, locale)} who={t('which', { name })} isFirst={isFirst}
      />
    </li>
  )
}

async function Decided({ proposal, event, locale }: CardProps<DecidedProposal>) {
  const t = await getTranslations({ locale, namespace: 'takeaway.room' })
  const { status, decidedAt, decidedBy, stands, text, signature } = proposal
  const verdict = status === 'approved' ? 'approved' : 'declined'
  const plain = (words: string) => words.replace(/\s+/g, ' ').trim()
  // A name that was asked for is no change of the words.
  const isMended = stands !== null && plain(stands) !== plain(text) && plain(stands) !== plain(`${text} — ${signature}`)
  return (
    <li>
      <Words proposal={proposal} event={event} locale={locale} />
      <p className={styles.verdict}>{t(`verdict.${verdict}`, { by: decidedBy ?? '', when: decidedAt ? typo(sayPast(decidedAt, event.timeZone, locale), locale) : '' })}</p>
      {verdict === 'approved' && stands === null && <p className={styles.fate}>{t('left')}</p>}
      {isMended && <p className={styles.fate}>{t('mended', { text: stands })}</p>}
    </li>
  )
}

async function Words({ proposal: { text, via, createdAt, registration }, event, locale }: CardProps<OpenProposal>) {
  const t = await getTranslations({ locale, namespace: 'takeaway.room' })
  const when = typo(sayPast(createdAt, event.timeZone, locale), locale)
  return (
    <>
      {/* In whichever language they wrote. */}
      <p className={styles.words} lang="" dir="auto">{text}</p>
      <p className={styles.by}>{registration ? t('by', registration) : t('nobody')} · {t(via === 'mail' ? 'via.mail' : 'via.page', { when })}</p>
    </>
  )
}

function candidatesOf(event: EventPage, locale: Locale): Candidate[] {
  const ofReports = event.recommendations.map(({ recommendation }) => ({ ...sayRecommendation(recommendation, event, locale), glyph: null }))
  return [...ofReports, ...event.themes.map(({ theme }) => ({ key: theme.slug, number: null, name: locale === 'en' ? theme.nameEn : theme.nameFr, pigment: theme.pigment, glyph: theme.glyph }))]
}

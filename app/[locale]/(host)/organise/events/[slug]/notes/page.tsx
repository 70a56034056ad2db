import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getMessages, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Choices, Details, Facts, Page, PageHead, Section } from '@/app/_ui/page'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { type RoomFacts, roomFacts } from '@/app/[locale]/_writing/room-facts'
import { Writing } from '@/app/[locale]/_writing/writing'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventPage } from '@/lib/events/queries'
import { countProposals } from '@/lib/notes/queries'
import { clockIn, sayDay, typo } from '@/lib/text'
import { askTicket } from './actions'
import { PublishForm, WithdrawForm } from './publish-form'
import { TextForm } from './text-form'
import { WhoWrites } from './who-writes'
import styles from './notes.module.css'

const room = '/organise/events/[slug]/notes'

interface Props {
  params: Promise<{ locale: string; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'notes.room' })
  return { title: t('title') }
}

export default async function NotesRoom({ params, searchParams }: Props) {
  const actor = await requireOrganiser({ locale: (await params).locale as Locale })
  const { event, locale } = await eventOf(params, room)
  const asked = await searchParams
  const mode = asked.mode === 'text' || asked.mode === 'publish' ? asked.mode : 'write'
  const [t, said, facts, waiting, messages] = await Promise.all([
    getTranslations({ locale, namespace: 'notes.room' }), getTranslations({ locale, namespace: 'takeaway.room' }), roomFacts(event, locale), countProposals(event.id), getMessages({ locale }),
  ])
  const pathOfMode = (one: string) => pathOfRoom(room, event.slug, locale, one === 'write' ? undefined : { mode: one })
  const own = event.language === locale ? undefined : event.language
  const { text, publish } = messages.notes as Record<string, object>
  return (
    <Page className={styles.end}>
      <PageHead
        overline={<a href={pathOfRoom('/organise/events/[slug]', event.slug, locale)} lang={own}>{typo(event.title, own === 'en' || locale === 'en' ? 'en' : 'fr')}</a>}
        title={t('title')}
      >
        <p>{t(`lede.${mode}`)}</p>
      </PageHead>
      {waiting > 0 && (
        <Notice tone="info" title={said('waiting', { count: waiting })}>
          <p>{said('waitingText', { count: waiting })} <a href={pathOfRoom('/organise/events/[slug]/proposals', event.slug, locale)}>{said('read', { count: waiting })}</a></p>
        </Notice>
      )}
      <div className={styles.choices}>
        <Choices label={t('modes')} links={(['write', 'text', 'publish'] as const).map((one) => ({ label: t(`mode.${one}`), href: pathOfMode(one), current: one === mode }))} />
      </div>
      <NextIntlClientProvider locale={locale} messages={{ notes: { text, publish }, writing: messages.writing }}>
        {mode === 'write' && (
          <>
            <noscript><Notice tone="warning"><p>{t('noScript')} <a href={pathOfMode('text')}>{t('mode.text')}</a></p></Notice></noscript>
            {asked.done === 'writers' && <Notice tone="success" live="status"><p>{(await getTranslations({ locale, namespace: 'writing.who' }))('saved')}</p></Notice>}
            <Writing eventId={event.id} writer={`person/${actor.id}`} name={actor.name ?? actor.address} language={event.language} storedAt={facts.savedAt} picks={facts.picks} speakers={facts.speakers} questions={facts.questions} ask={askTicket.bind(null, event.slug)} />
            <WhoWrites event={event.slug} locale={locale} writers={event.notesWriters} isOff={event.status === 'called_off'} />
          </>
        )}
        {mode === 'text' && (
          <>
            {typeof asked.saved === 'string' && <Notice tone={typeof asked.both === 'string' ? 'warning' : 'success'} live="status" title={t('textSaved')}>{typeof asked.both === 'string' && <p>{t('textBoth', { count: Number(asked.both) || 1 })}</p>}</Notice>}
            {/* The key changes with a save alone: a refused form must find itself again, with all that was typed. */}
            <TextForm key={String(asked.saved)} slug={event.slug} locale={locale} language={event.language} markdown={facts.markdown} revision={facts.revision}
              keys={facts.picks.filter((one) => one.planned || one.number === null).map(({ key, name, number }) => ({ key, name: number === null ? name : `${number}. ${name}` }))} />
          </>
        )}
        {mode === 'publish' && <Publishing event={event} facts={facts} locale={locale} signer={actor.name ?? ''} asked={asked} />}
      </NextIntlClientProvider>
    </Page>
  )
}

async function Publishing({ event, facts, locale, signer, asked }: { event: EventPage; facts: RoomFacts; locale: Locale; signer: string; asked: Awaited<Props['searchParams']> }) {
  const t = await getTranslations({ locale, namespace: 'notes.publish' })
  const published = facts.editions.find(({ number }) => String(number) === asked.published)
  const withdrawn = facts.editions.find(({ number, withdrawnAt }) => String(number) === asked.withdrawn && withdrawnAt)
  const last = facts.editions[0]
  const restitution = getPathname({ href: { pathname: '/events/[slug]/notes', params: { slug: event.slug } }, locale })
  const why = event.status !== 'published' ? event.status : event.startsAt > now() ? 'early' : facts.isEmpty ? 'nothing' : null
  const dayOf = (at: Date) => sayDay(clockIn(at, event.timeZone)?.date ?? '', locale, { weekday: false })
  return (
    <div className={styles.publish}>
      {published && (
        <Notice tone="success" live="status" title={t('done', { number: published.number })}>
          <p><LinkButton href={restitution}>{t('see')}</LinkButton></p>
        </Notice>
      )}
      {withdrawn && <Notice tone="info" live="status"><p>{t('withdrawn', { number: withdrawn.number })}</p></Notice>}
      {why ? (
        <EmptyState title={t(`not.${why}.title`)} action={<LinkButton look="ghost" href={pathOfRoom(room, event.slug, locale)}>{t('back')}</LinkButton>}><p>{t(`not.${why}.text`)}</p></EmptyState>
      ) : (
        <Folded isFolded={published !== undefined} summary={t('again')}>
          <Facts facts={[
            { term: t('facts.text'), detail: t('facts.textIs', { count: facts.document.content.length }) },
            { term: t('facts.passages'), detail: facts.passages > 0 ? t('facts.passagesAre', { passages: facts.passages, tied: facts.tied }) : t('facts.noPassages') },
          ]} />
          <PublishForm slug={event.slug} locale={locale} revision={facts.revision} next={(last?.number ?? 0) + 1} authors={last?.authors ?? signer} licence={last?.licence ?? 'CC-BY-SA-4.0'} visibility={event.notesVisibility} />
        </Folded>
      )}
      {facts.editions.length > 0 && (
        <Section title={t('editions')} id="editions" beside={<a href={restitution}>{t('see')}</a>}>
          <ul className={styles.editions}>
            {facts.editions.map(({ number, publishedAt, withdrawnAt, authors }) => (
              <li key={number}>
                <span className={withdrawnAt ? styles.withdrawn : undefined}>{t('editionLine', { number, day: dayOf(publishedAt), authors })}</span>
                {withdrawnAt ? <span className="muted">{t('withdrawnOn', { day: dayOf(withdrawnAt) })}</span> : <WithdrawForm slug={event.slug} locale={locale} number={number} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}

/** Once an edition is out, the next is not what one came for. */
function Folded({ isFolded, summary, children }: { isFolded: boolean; summary: string; children: ReactNode }) {
  return isFolded ? <Details summary={summary}>{children}</Details> : children
}

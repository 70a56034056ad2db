import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Notice } from '@/app/_ui/notice'
import { Choices, Page, PageHead } from '@/app/_ui/page'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { roomFacts } from '@/app/[locale]/_writing/room-facts'
import { Writing } from '@/app/[locale]/_writing/writing'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { countProposals } from '@/lib/notes/queries'
import { typo } from '@/lib/text'
import { askTicket } from './actions'
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
  const mode = asked.mode === 'text' ? 'text' : 'write'
  const [t, said, facts, waiting, messages] = await Promise.all([
    getTranslations({ locale, namespace: 'notes.room' }), getTranslations({ locale, namespace: 'takeaway.room' }), roomFacts(event, locale), countProposals(event.id), getMessages({ locale }),
  ])
  const pathOfMode = (one: string) => pathOfRoom(room, event.slug, locale, one === 'write' ? undefined : { mode: one })
  const own = event.language === locale ? undefined : event.language
  const series = event.format ?? event.cycles[0]?.series ?? null
  const { text } = messages.notes as Record<string, object>
  return (
    <Page className={styles.end}>
      <PageHead
        overline={<a href={pathOfRoom('/organise/events/[slug]', event.slug, locale)} lang={own}>{typo(event.title, own === 'en' || locale === 'en' ? 'en' : 'fr')}</a>}
        title={t('title')}
      >
        <p>{t(`lede.${mode}`)}</p>
        <p><a href={pathOfRoom('/organise/events/[slug]/restitution', event.slug, locale)}>{t('publish')}</a> · <a href={pathOfRoom('/organise/events/[slug]/notes/import', event.slug, locale)}>{(await getTranslations({ locale, namespace: 'imports' }))('title')}</a>{series && <> · <a href={getPathname({ href: { pathname: '/organise/series/[slug]/template', params: { slug: series.slug } }, locale })}>{(await getTranslations({ locale, namespace: 'template' }))('door', { name: locale === 'en' ? series.nameEn : series.nameFr })}</a></>}</p>
      </PageHead>
      {waiting > 0 && (
        <Notice tone="info" title={said('waiting', { count: waiting })}>
          <p>{said('waitingText', { count: waiting })} <a href={pathOfRoom('/organise/events/[slug]/proposals', event.slug, locale)}>{said('read', { count: waiting })}</a></p>
        </Notice>
      )}
      <div className={styles.choices}>
        <Choices label={t('modes')} links={(['write', 'text'] as const).map((one) => ({ label: t(`mode.${one}`), href: pathOfMode(one), current: one === mode }))} />
      </div>
      <NextIntlClientProvider locale={locale} messages={{ notes: { text }, writing: messages.writing }}>
        {mode === 'write' && (
          <>
            <noscript><Notice tone="warning"><p>{t('noScript')} <a href={pathOfMode('text')}>{t('mode.text')}</a></p></Notice></noscript>
            {asked.done === 'writers' && <Notice tone="success" live="status"><p>{(await getTranslations({ locale, namespace: 'writing.who' }))('saved')}</p></Notice>}
            {asked.done === 'brought' && <Notice tone="success" live="status"><p>{(await getTranslations({ locale, namespace: 'imports' }))('brought')}</p></Notice>}
            <Writing eventId={event.id} writer={`person/${actor.id}`} name={actor.name ?? (await getTranslations({ locale, namespace: 'writing.people' }))('nameless')} language={event.language} storedAt={facts.savedAt} picks={facts.picks} speakers={facts.speakers} questions={facts.questions} ask={askTicket.bind(null, event.slug)} />
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
      </NextIntlClientProvider>
    </Page>
  )
}

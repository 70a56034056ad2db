import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { ChangesView } from '@/app/[locale]/changes-view'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Details, Facts, Page, PageHead, Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventPage } from '@/lib/events/queries'
import { countAsking, editionPage, reviewPage } from '@/lib/notes/queries'
import { typo } from '@/lib/text'
import { EditionList } from './edition-list'
import { PublishForm } from './publish-form'
import { Review } from './review'
import styles from './restitution-room.module.css'

const room = '/organise/events/[slug]/restitution'
const notesRoom = '/organise/events/[slug]/notes'

interface Props {
  params: Promise<{ locale: string; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'restitution.room' })
  return { title: t('title') }
}

/** Reading over, publishing, correcting, taking back. */
export default async function RestitutionRoom({ params, searchParams }: Props) {
  const actor = await requireOrganiser({ locale: (await params).locale as Locale })
  const { event, locale } = await eventOf(params, room)
  const asked = await searchParams
  const [t, page, review, asking, messages] = await Promise.all([
    getTranslations({ locale, namespace: 'restitution.room' }), editionPage(event.id), reviewPage(event.id), countAsking(event.id), getMessages({ locale }),
  ])
  const editions = page?.editions ?? review.editions
  const own = event.language === locale ? undefined : event.language
  const published = editions.find(({ number, withdrawnAt }) => String(number) === asked.published && !withdrawnAt)
  const withdrawn = editions.find(({ number, withdrawnAt }) => String(number) === asked.withdrawn && withdrawnAt)
  const restitution = getPathname({ href: { pathname: '/events/[slug]/notes', params: { slug: event.slug } }, locale })
  const why = whyNot(event, review.isEmpty)
  const { publish, editions: words } = messages.restitution as Record<string, object>
  const last = editions[0]
  return (
    <Page className={styles.end}>
      <PageHead
        overline={<a href={pathOfRoom('/organise/events/[slug]', event.slug, locale)} lang={own}>{typo(event.title, own === 'en' || locale === 'en' ? 'en' : 'fr')}</a>}
        title={t('title')}
      >
        <p>{t('lede')}</p>
      </PageHead>
      <NextIntlClientProvider locale={locale} messages={{ restitution: { publish, editions: words } }}>
        <div className={styles.parts}>
          {published && (
            <Notice tone="success" live="status" title={t('done', { number: published.number })}>
              {published.isTold && <p>{t('told', { count: event.notesVisibility === 'organisers' ? 0 : asking })}</p>}
              <p><LinkButton href={restitution}>{t('see')}</LinkButton></p>
            </Notice>
          )}
          {withdrawn && <Notice tone="info" live="status"><p>{t('withdrawn', { number: withdrawn.number })}</p></Notice>}
          {why ? (
            <EmptyState title={t(`not.${why}.title`)} action={<LinkButton look={why === 'nothing' ? 'accent' : 'ghost'} href={pathOfRoom(notesRoom, event.slug, locale)}>{t(why === 'nothing' ? 'write' : 'back')}</LinkButton>}><p>{t(`not.${why}.text`)}</p></EmptyState>
          ) : published ? <Details summary={t('again')}>{await next()}</Details> : await next()}
          {editions.length > 0 && <EditionList event={event} editions={editions} locale={locale} />}
        </div>
      </NextIntlClientProvider>
    </Page>
  )

  async function next() {
    const notes = pathOfRoom(notesRoom, event.slug, locale)
    const hrefOf = (change: { is: string; id: string }) => (change.is === 'removed' ? `${restitution}/${review.since}#p-${change.id}` : `${notes}#p-${change.id}`)
    const said = await getTranslations({ locale, namespace: 'restitution' })
    // In the words of the edition; nobody's address is proposed for print.
    const nameless = (await getTranslations({ locale: event.language === 'en' ? 'en' : 'fr', namespace: 'writing.people' }))('nameless')
    return (
      <div className={styles.parts}>
        <Review findings={review.findings} locale={locale} notes={notes} lang={own} />
        <Section id="changes" title={review.since === null ? said('changes.first') : said('changes.since', { number: review.since })} beside={<a href={notes}>{t('back')}</a>}>
          {review.since === null
            ? <Facts facts={[{ term: t('facts.text'), detail: t('facts.textIs', { count: review.blocks }) }, { term: t('facts.passages'), detail: review.passages > 0 ? t('facts.passagesAre', { passages: review.passages, tied: review.tied }) : t('facts.noPassages') }]} />
            : <ChangesView changes={review.changes} locale={locale} lang={own} hrefOf={hrefOf} />}
        </Section>
        <Section id="publish-title" title={said('publish.title')}>
          <PublishForm key={last?.number ?? 0} slug={event.slug} locale={locale} revision={review.revision} after={last?.number ?? 0} authors={last?.authors ?? (review.authors || (actor.name ?? nameless))} licence={last?.licence ?? 'CC-BY-SA-4.0'} visibility={event.notesVisibility} tells={review.since === null} asking={asking} />
        </Section>
      </div>
    )
  }
}

function whyNot(event: EventPage, isEmpty: boolean) {
  if (event.status !== 'published') return event.status
  if (event.startsAt > now()) return 'early' as const
  return isEmpty ? ('nothing' as const) : null
}

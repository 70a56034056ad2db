import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { eventHref, otherLanguage } from '@/app/[locale]/event-words'
import { sayFileSize } from '@/app/[locale]/(public)/events/[slug]/say-file-size'
import { UploadForm } from '@/app/[locale]/upload-form'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Columns, Page, PageHead, Section, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { findHandout, type Handout } from '@/lib/notes/queries'
import { handoutUntil, mayHandIn } from '@/lib/notes/rules'
import { clockIn, sayDay, typo } from '@/lib/text'
import styles from './handout.module.css'

interface Props {
  params: Promise<{ locale: Locale; token: string }>
  searchParams: Promise<Record<'done' | 'refused' | 'title', string | string[] | undefined>>
}

/** Asked for by the head and by the body of one page; looked up once. */
const handoutBy = cache((token: string) => findHandout(token))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, token } = await params
  const t = await getTranslations({ locale, namespace: 'resources.handout' })
  const gone = (await handoutBy(token)) === 'gone'
  return { title: t('metaTitle'), robots: { index: false, follow: false }, referrer: 'same-origin', other: gone ? { status: '410' } : {} }
}

/** A speaker's own page, by their own link: for which event, what they sent, and a form. Looking changes nothing. */
export default async function HandoutPage({ params, searchParams }: Props) {
  const { locale, token } = await params
  const [handout, t, asked] = await Promise.all([handoutBy(token), getTranslations({ locale, namespace: 'resources.handout' }), searchParams])
  if (!handout) notFound()
  if (handout === 'gone') return <Page narrow><PageHead title={t('gone')}>{t('goneText')}</PageHead></Page>
  const { event, speaker } = handout
  const isOver = mayHandIn(event, now()) !== null
  const said = (name: 'done' | 'refused' | 'title') => [asked[name]].flat()[0]
  return (
    <Page>
      <PageHead overline={<span lang={otherLanguage(event.language, locale)}>{typo(event.title, event.language === 'en' ? 'en' : 'fr')}</span>} title={t('title')}>
        <p>{t('for', { name: speaker.name })}</p>
        {!isOver && <p>{t('lede')}</p>}
      </PageHead>
      <Columns aside={<Sent handout={handout} locale={locale} />}>
        <Stack>
          {said('done') === 'sent' && <Notice tone="success" live="status" title={t('done')} />}
          {isOver ? <EmptyState title={t('over')}><p>{t('overText')}</p></EmptyState> : (
            <Section id="send" title={t('send')}>
              <UploadForm to={`/uploads/handouts/${token}`} locale={locale} refused={said('refused')} title={said('title')} />
              <p className={styles.until}>{t('until', { day: sayDay(dayOf(handoutUntil(event)), locale, { weekday: false }) })}</p>
            </Section>
          )}
        </Stack>
      </Columns>
    </Page>
  )
}

async function Sent({ handout: { sent, event }, locale }: { handout: Handout; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'resources.handout' })
  return (
    <Section id="sent" title={t('sent')} quiet>
      {sent.length === 0 ? <p className="muted">{t('nothing')}</p> : (
        <ul className={styles.sent}>
          {await Promise.all(sent.map(async ({ id, title, mediaType, bytes, shownAt }) => (
            <li key={id}>
              <p className={styles.name} lang="" dir="auto">{title}</p>
              <p className="small muted">{await sayFileSize(mediaType, bytes, locale)}</p>
              <p className="small">{t(shownAt ? 'shown' : 'waits')}</p>
            </li>
          )))}
        </ul>
      )}
      {sent.length > 0 && <p className={styles.until}>{t('wrongFile')}</p>}
      {event.status !== 'draft' && <p className={styles.until}><a href={eventHref(event.slug, locale)}>{t('event')}</a></p>}
    </Section>
  )
}

const dayOf = (instant: Date) => clockIn(instant, config().defaultTimeZone)?.date ?? instant.toISOString().slice(0, 10)

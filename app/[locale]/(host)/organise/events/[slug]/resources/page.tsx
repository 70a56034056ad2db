import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Columns, Page, Section, Stack } from '@/app/_ui/page'
import { eventOf } from '@/app/[locale]/(host)/organise/event-of'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { UploadForm } from '@/app/[locale]/upload-form'
import type { Locale } from '@/i18n/routing'
import { resourcesOf } from '@/lib/notes/queries'
import { Kept } from './kept'
import { LinkForm } from './link-form'
import { SpeakerLinks } from './speaker-links'
import styles from './resources.module.css'

const room = '/organise/events/[slug]/resources'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<Record<'done' | 'refused' | 'title', string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'resources.room' })
  return { title: t('pageTitle', { title: event.title }) }
}

const dones = ['added', 'sent', 'shown', 'hidden', 'removed', 'renamed', 'moved', 'linked'] as const

/** What goes with an event: what speakers sent and waits, what is there in its order, and the ways to add more. */
export default async function ResourcesRoom({ params, searchParams }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, room)
  const [t, resources, asked] = await Promise.all([getTranslations({ locale, namespace: 'resources.room' }), resourcesOf(event.id), searchParams])
  const did = saidDone(asked.done, dones)
  const waiting = resources.filter(({ shownAt, speakerId }) => shownAt === null && speakerId !== null)
  const here = resources.filter((one) => !waiting.includes(one))
  const said = (name: 'refused' | 'title') => [asked[name]].flat()[0]
  return (
    <Page className={styles.page}>
      <RoomHead event={event} locale={locale} title={t('title')}><p>{t('lede')}</p></RoomHead>
      <Columns aside={<SpeakerLinks event={event} locale={locale} />}>
        <Stack>
          {did && <Notice tone="success" live="status" title={t(`done.${did}`)} />}
          {waiting.length > 0 && (
            <Section id="waiting" title={t('waiting')} beside={t('count', { count: waiting.length })}>
              <p className="measure">{t('waitingText')}</p>
              <Kept resources={waiting} event={event} locale={locale} isWaiting />
            </Section>
          )}
          <Section id="here" title={t('here')} beside={here.length > 0 ? t('count', { count: here.length }) : undefined}>
            {here.length === 0 ? <EmptyState title={t('none')}><p>{t('noneText')}</p></EmptyState> : <Kept resources={here} event={event} locale={locale} />}
          </Section>
          <Section id="add-file" title={t('addFile')}>
            <UploadForm to={`/uploads/events/${event.slug}`} locale={locale} refused={said('refused')} title={said('title')} look={waiting.length > 0 ? 'ghost' : 'accent'} />
          </Section>
          <Section id="add-link" title={t('addLink')}>
            <LinkForm
              fields={{ event: event.slug, locale }}
              words={{ kind: t('kind'), link: t('kindLink'), replay: t('kindReplay'), title: t('titleField'), url: t('url'), urlHint: t('urlHint'), add: t('add'), wrong: t('wrong') }}
            />
          </Section>
        </Stack>
      </Columns>
    </Page>
  )
}

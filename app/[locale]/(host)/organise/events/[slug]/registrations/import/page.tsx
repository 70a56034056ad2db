import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Details, Page } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { questionsOf } from '@/lib/events/queries'
import { shutToChange } from '@/lib/registrations/rules'
import { ListForm } from '@/app/[locale]/(host)/organise/_form/list-form'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { importList } from './actions'
import styles from './import.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'people.import' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** A list of people, each line's fate before anything is written. */
export default async function ImportPage({ params }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/registrations/import')
  const t = await getTranslations({ locale, namespace: 'people.import' })
  const words = await getTranslations({ locale, namespace: 'people.list' })
  const questions = await questionsOf(event.id)
  const shut = event.status === 'draft' ? 'draft' : shutToChange(event, now())
  const columns = ['name', 'email', ...(event.mode === 'hybrid' ? ['place'] : []), 'language'] as const

  return (
    <Page>
      <RoomHead event={event} locale={locale} title={t('title')}>
        <p>{t('lede')}</p>
      </RoomHead>
      {shut ? (
        <Notice tone="info"><p>{t(`shut.${shut}`)}</p></Notice>
      ) : (
        <>
          <ListForm
            act={importList}
            level={2}
            fields={{ event: event.slug, locale }}
            says={{ label: t('label'), hint: t('hint'), look: t('look'), file: words('file'), fileHint: words('fileHint'), back: words('back'), line: words('line') }}
          />
          <div className={styles.columns}>
            <Details summary={t('columnsTitle')}>
              <ul>
                {columns.map((name) => <li key={name}>{t(`columnsKnown.${name}`)}</li>)}
                {questions.map(({ key, label }) => <li key={key}>{t('columnsKnown.answer', { key, label })}</li>)}
              </ul>
              <p className="small muted">{t('columnsHint')}</p>
            </Details>
          </div>
        </>
      )}
      <p className={styles.leave}><LinkButton look="quiet" href={pathOfRoom('/organise/events/[slug]/registrations', event.slug, locale)}>{t('leave')}</LinkButton></p>
    </Page>
  )
}

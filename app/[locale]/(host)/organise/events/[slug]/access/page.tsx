import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Frame, Page, Section } from '@/app/_ui/page'
import { Prose } from '@/app/_ui/prose'
import type { Locale } from '@/i18n/routing'
import { canReadNeeds } from '@/lib/events/access'
import { keepersOf } from '@/lib/events/queries'
import { accessNeedsOf } from '@/lib/registrations/queries'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { sayInstant } from '@/app/[locale]/(host)/organise/say-instant'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { answerNeed } from './actions'
import styles from './access.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const states = ['open', 'arranged', 'impossible'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'people.access' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** What people need in order to take part: tasks, read and answered by the event's keepers alone. */
export default async function AccessPage({ params, searchParams }: Props) {
  const actor = await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/access')
  const [t, kinds, read, keepers, asked] = await Promise.all([
    getTranslations({ locale, namespace: 'people.access' }), getTranslations({ locale, namespace: 'questions.access.kinds' }), accessNeedsOf(actor, event.id), keepersOf(event.id), searchParams,
  ])
  const reads = canReadNeeds(actor, keepers.map(({ id }) => id))
  const here = pathOfRoom('/organise/events/[slug]/access', event.slug, locale)
  const naming = `${pathOfRoom('/organise/events/[slug]/questions', event.slug, locale)}#access`
  const needs = read?.needs ?? []
  const answering = needs.find(({ registrationId }) => registrationId === asked.answer)

  return (
    <Page>
      <RoomHead event={event} locale={locale} title={t('title')}>
        <p>{t('lede')}</p>
        <p className={styles.keepers}>
          {keepers.length > 0 ? t('keepers', { names: keepers.map(({ name, address }) => name ?? address).join(', ') }) : t('noKeepers')} <a href={naming}>{t('name')}</a>
        </p>
      </RoomHead>
      {asked.done === 'answered' && <Notice tone="success" live="status"><p>{t('done')}</p></Notice>}
      {!reads && <Notice tone="info" title={t('notYours')}><p>{t(keepers.length > 0 ? 'notYoursHint' : 'adminsHint')}</p></Notice>}
      {answering && (
        <Frame id="answer">
          <h2 className={styles.whose}>{t('answerTo', { name: answering.registration.name })}</h2>
          <TextForm
            act={answerNeed}
            fields={{ event: event.slug, locale, id: answering.registrationId, seen: answering.updatedAt.toISOString() }}
            questions={[
              { name: 'state', kind: 'choice', label: t('state'), value: answering.state === 'open' ? undefined : answering.state, required: true, options: (['arranged', 'impossible'] as const).map((value) => ({ value, label: t(`answers.${value}`) })) },
              { name: 'reply', kind: 'text', rows: 4, max: 1000, label: t('reply'), hint: t('replyHint', { language: t(`languages.${answering.registration.locale === 'en' ? 'en' : 'fr'}`) }), value: answering.reply ?? '' },
            ]}
            label={t('send')}
            wrong={t('wrong')}
          />
          <p className={styles.leave}><a href={here}>{t('leave')}</a></p>
        </Frame>
      )}
      {reads && needs.length === 0 && (
        <EmptyState title={t(event.asksAccess ? 'empty' : 'notAsked')} action={event.asksAccess ? undefined : <LinkButton look="ghost" href={naming}>{t('askThem')}</LinkButton>}>
          <p>{t(event.asksAccess ? 'emptyHint' : 'notAskedHint')}</p>
        </EmptyState>
      )}
      {states.map((state) => {
        const those = needs.filter((need) => need.state === state)
        if (those.length === 0) return null
        return (
          <Section key={state} id={state} title={t(`states.${state}`)} beside={t('count', { count: those.length })}>
            <ul className={styles.needs}>
              {those.map((need) => (
                <li key={need.registrationId}>
                  <h3>{need.registration.name}</h3>
                  <p className={styles.who}>{need.registration.address}, {t(`standing.${need.registration.status}`)}{event.mode === 'hybrid' && `, ${t(`place.${need.registration.place}`)}`}</p>
                  {need.needs.length > 0 && <ul className={styles.kinds}>{need.needs.map((kind) => <li key={kind}>{kinds.has(kind) ? kinds(kind) : kind}</li>)}</ul>}
                  {need.words && <Prose><blockquote className={styles.words}>{need.words}</blockquote></Prose>}
                  {need.repliedAt && state !== 'open' && (
                    <div className={styles.reply}>
                      <p className="small muted">{t('replied', { who: need.repliedBy ?? '—', when: sayInstant(need.repliedAt, locale) })}</p>
                      {need.reply && <p className={styles.words}>{need.reply}</p>}
                    </div>
                  )}
                  <p><a href={`${here}?answer=${need.registrationId}#answer`}>{t(state === 'open' ? 'answer' : 'answerAgain')}<span className="visually-hidden"> {t('answerOf', { name: need.registration.name })}</span></a></p>
                </li>
              ))}
            </ul>
          </Section>
        )
      })}
    </Page>
  )
}

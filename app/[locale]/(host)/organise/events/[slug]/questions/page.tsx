import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Notice } from '@/app/_ui/notice'
import { Columns, Page, Section } from '@/app/_ui/page'
import { eventOf } from '@/app/[locale]/(host)/organise/event-of'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { canNameKeepers } from '@/lib/events/access'
import { now } from '@/lib/clock'
import { answersToEach, consentRequestsOf, keepersOf, questionsOf, retiredQuestionsOf } from '@/lib/events/queries'
import { team } from '@/lib/people/queries'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { draftOf } from './draft'
import { Editor } from './editor'
import { KeepersForm } from './keepers-form'
import { sayDay } from '@/lib/text'
import { wallOf } from '@/lib/time'
import styles from './questions.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

const known = ['saved', 'changed', 'entrusted'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'asking.questions' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** What registering for this event asks besides a name and an address. */
export default async function QuestionsPage({ params, searchParams }: Props) {
  const actor = await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/questions')
  const [t, messages, questions, consents, counts, retired, keepers, people, asked] = await Promise.all([
    getTranslations({ locale, namespace: 'asking.questions' }), getMessages({ locale }),
    questionsOf(event.id), consentRequestsOf(event.id), answersToEach(event.id), retiredQuestionsOf(event.id), keepersOf(event.id), team(), searchParams,
  ])
  const did = saidDone(asked.done, known)
  const language = event.language === 'en' ? 'en' : 'fr'
  const { editor, keepers: keeperWords } = messages.asking as Record<string, object>
  const isOff = event.status === 'called_off'
  return (
    <Page className={styles.page}>
      <RoomHead event={event} locale={locale} title={t('title')}>
        <p>{t('lede')}</p>
        {event.status !== 'draft' && <p className={styles.see}><a href={`${getPathname({ href: { pathname: '/events/[slug]', params: { slug: event.slug } }, locale })}#registration`}>{t('seeForm')}</a></p>}
      </RoomHead>
      {did && <Notice tone="success" live="status"><p>{t(`done.${did}`)}</p></Notice>}
      {isOff && <Notice><p>{t('calledOff')}</p></Notice>}
      <NextIntlClientProvider locale={locale} messages={{ asking: { editor, keepers: keeperWords } }}>
        <Columns aside={
          <Section id="access" title={t('access')} quiet>
            <KeepersForm
              key={[event.asksAccess, ...keepers.map(({ id }) => id)].join()}
              event={{ slug: event.slug, asksAccess: event.asksAccess }}
              locale={locale}
              people={people.map(({ name, address, role }) => ({ name, address, isAdmin: role === 'admin' }))}
              named={keepers.map(({ address }) => address)}
              mayName={!isOff && canNameKeepers(actor, { keepers: keepers.map(({ id }) => id), isEntrusted: keepers.length > 0 })}
            />
          </Section>
        }>
          {/* What was saved is read anew: the keys that were given to new lines come with it. */}
          {!isOff && <Editor key={[...questions, ...consents].map(({ id }) => id).join()} draft={draftOf(questions, consents)} counts={counts} event={{ slug: event.slug, language, isDraft: event.status === 'draft' }} locale={locale} />}
          {retired.length > 0 && (
            <Section id="retired" title={t('retired')} quiet>
              <ul className={styles.retired}>
                {retired.map(({ id, label, retiredAt, replacedById, _count }) => (
                  <li key={id}>
                    <span lang={event.language === locale ? undefined : event.language}>{label}</span>
                    <span className="small muted">{t(replacedById ? 'retiredChanged' : 'retiredDropped', { count: _count.answers, day: retiredAt ? sayDay(wallOf(retiredAt, event.timeZone).date, locale, { today: wallOf(now(), event.timeZone).date, weekday: false }) : '' })}</span>
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </Columns>
      </NextIntlClientProvider>
    </Page>
  )
}

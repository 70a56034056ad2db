import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireOrganiser } from '@/app/_session/actor'
import { Choices, Columns, Details, Facts, Page, Section, Stack } from '@/app/_ui/page'
import { Table } from '@/app/_ui/table'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { pigmentOf } from '@/app/[locale]/event-words'
import { sayReminder } from '@/app/[locale]/(host)/organise/events/[slug]/say-reminder'
import styles from './letters.module.css'
import { InvitationCheck } from './invitation-check'
import { InvitationEntry } from './invitation-entry'
import { entryStates, invitationSeen, isEntryState, letterList, letterSeen, lettersGone, type ListedLetter } from './previews'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'letters' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** Every letter that the event sends, in both languages, as it leaves; and how many left. */
export default async function LettersPage({ params, searchParams }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/letters')
  const t = await getTranslations({ locale, namespace: 'letters' })
  const list = await letterList(event.slug)
  if (!list) notFound()
  const asked = await searchParams
  const chosen = list.letters.find(({ key }) => key === asked.letter) ?? list.letters.find(({ kind }) => kind === 'seat-confirmed') ?? list.letters[0]
  const language = asked.in === 'fr' || asked.in === 'en' ? asked.in : locale
  const state = isEntryState(asked.state) ? asked.state : null
  const [seen, told, gone] = await Promise.all([
    letterSeen(event.slug, chosen.key, language), invitationSeen(event.slug, state ? { state } : { letter: chosen.key }, language), lettersGone(event.id, list.letters),
  ])
  if (!seen) notFound()
  const here = (letter: string, inLanguage: string, part = 'seen', as?: string) => `${pathOfRoom('/organise/events/[slug]/letters', event.slug, locale, { letter, in: inLanguage, ...(as ? { state: as } : {}) })}#${part}`
  const room = event.status === 'draft' ? ('edit' as const) : ('change' as const)
  // Of what is over or called off nothing is mended any more, and answers are read or not by the house's own settings.
  const isMendable = event.status !== 'called_off' && event.overAt > now()
  const mend = (code: string) => (isMendable && code !== 'answers-not-read' ? pathOfRoom(`/organise/events/[slug]/${code === 'no-summary' ? 'edit' : room}`, event.slug, locale) : null)
  const name = await naming(locale)
  const columns = figures.filter((key) => !seldom.includes(key) || gone.some(({ count }) => count[key] > 0))
  const lint = await getTranslations({ locale, namespace: 'lint' })

  return (
    <Page>
      <RoomHead event={event} locale={locale} title={t('title')}>
        <p>{t('lede')}</p>
      </RoomHead>
      <Columns asideFirst asideLabel={t('choose')} aside={
        <nav aria-label={t('choose')}>
          <Stack>
            {list.groups.map(([group, letters]) => (
              <section key={group} aria-labelledby={`group-${group}`}>
                <h2 id={`group-${group}`} className={styles.group}>{t(`groups.${group}`)}</h2>
                <ul className={styles.list}>
                  {letters.map((letter) => (
                    <li key={letter.key}><a href={here(letter.key, language)} aria-current={letter.key === chosen.key ? 'page' : undefined}>{name(letter)}</a></li>
                  ))}
                </ul>
              </section>
            ))}
          </Stack>
        </nav>
      }>
        <Section id="seen" title={name(chosen)}>
          <Stack>
            <p>{t(`when.${chosen.kind === 'reminder' ? 'reminder' : chosen.key}`)}</p>
            <Choices label={t('language')} links={(['fr', 'en'] as const).map((one) => ({ label: <span lang={one}>{t(`languages.${one}`)}</span>, href: here(chosen.key, one), current: one === language }))} />
            <Facts facts={[
              { term: t('subject'), detail: <strong lang={language}>{seen.subject}</strong> },
              { term: t('from'), detail: <span className={styles.address}>{`${seen.from.name} <${seen.from.address}>`}</span> },
              { term: t('to'), detail: <>{`${seen.to.name} <${seen.to.address}>`}<span className={styles.note}>{t('nobody')}</span></> },
            ]} />
            {/* Its own answer forbids it everything but showing itself and opening links elsewhere. */}
            <iframe
              className={styles.frame}
              src={pathOfRoom('/organise/events/[slug]/letters/body', event.slug, locale, { letter: chosen.key, in: language })}
              title={t('seenAs', { name: name(chosen) })}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
            />
            <Details summary={t('text')}>
              <pre className={styles.text} lang={language} tabIndex={0}>{seen.text}</pre>
            </Details>
          </Stack>
        </Section>
        <Section id="calendar" title={lint('title')} beside={told && lint(`kind.${told.method}`)}>
          <Stack>
            <p>{told ? lint(`method.${told.method}`) : lint('none')}</p>
            <Choices label={lint('which')} links={[
              { label: lint('states.letter'), href: here(chosen.key, language, 'calendar'), current: state === null },
              ...entryStates.map((one) => ({ label: lint(`states.${one}`), href: here(chosen.key, language, 'calendar', one), current: one === state })),
            ]} />
            {told && (
              <>
                <div className={`pigment-${pigmentOf(event)}`}><InvitationEntry entry={told.entry} locale={locale} language={language} /></div>
                <InvitationCheck findings={told.findings} file={told.file} locale={locale} mend={mend} />
              </>
            )}
          </Stack>
        </Section>
      </Columns>
      <Section id="gone" title={t('gone.title')}>
        <Table
          caption={t('gone.title')}
          captionHidden
          empty={<p className="muted">{t('gone.nothing')}</p>}
          columns={[{ key: 'kind', label: t('gone.kind') }, ...columns.map((key) => ({ key, label: t(`gone.${key}`), figures: true }))]}
          rows={gone.map(({ kind, count, letter }) => ({
            key: kind,
            cells: [letter?.reminder ? name(letter) : t.has(`kinds.${kind}`) ? t(`kinds.${kind}`) : t('gone.dropped'), ...columns.map((key) => (count[key] > 0 ? String(count[key]) : ''))],
          }))}
        />
        <p className={styles.under}><a href={pathOfRoom('/organise/events/[slug]/registrations', event.slug, locale)}>{t('gone.each')}</a></p>
      </Section>
    </Page>
  )
}

const figures = ['sent', 'bounced', 'waiting', 'stopped', 'failed', 'overtaken', 'invented'] as const
/** Seldom: a column only where there is something in it. */
const seldom = ['bounced', 'stopped', 'invented']

/** What a letter is called: a reminder by its rule, another by its key. */
async function naming(locale: Locale) {
  const [t, rules] = await Promise.all([getTranslations({ locale, namespace: 'letters.names' }), getTranslations({ locale, namespace: 'asking.reminders.rule' })])
  return ({ key, reminder }: ListedLetter) => (reminder ? sayReminder(reminder, locale, rules) : t(key))
}

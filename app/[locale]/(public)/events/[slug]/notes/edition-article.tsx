import { getTranslations } from 'next-intl/server'
import { datePartsOf, otherLanguage, pigmentOf } from '@/app/[locale]/event-words'
import { LinkButton } from '@/app/_ui/button'
import { DateBlock } from '@/app/_ui/date-block'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Band } from '@/app/_ui/programme'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import type { EditionPage } from '@/lib/notes/queries'
import { typo } from '@/lib/text'
import { EditionsSection } from './editions-section'
import { hrefOf } from './edition-href'
import { dayOf, type Reading } from './reading'
import { Restitution } from './restitution'
import styles from './restitution.module.css'

/** A restitution, whichever edition: its band, then the text, or why there is none to read. `isOwn`: at its own address. */
export async function EditionArticle({ reading: { event, page, mayRead }, locale, isOwn = false }: { reading: Reading; locale: Locale; isOwn?: boolean }) {
  const t = await getTranslations({ locale, namespace: 'notes.page' })
  const words = shown(event, locale)
  const eventPath = getPathname({ href: hrefOf('/events/[slug]', event.slug), locale })
  const edition = page?.edition
  return (
    <article>
      <Band
        pigment={pigmentOf(event)}
        date={<DateBlock size="band" {...datePartsOf(event, locale, await getTranslations({ locale, namespace: 'event' }), { hour: false })} />}
        over={<p>{t('over')}</p>}
        title={typo(words.title, words.language === 'en' ? 'en' : 'fr')}
        lang={otherLanguage(words.language, locale)}
      >
        <p>{edition && mayRead ? t('published', { number: edition.number, day: dayOf(edition.publishedAt, event, locale), authors: edition.authors }) : page ? null : t('unpublished')} <a href={eventPath}>{t('toEvent')}</a>{mayRead && edition && edition.headings.length > 1 && <a href="#contents" className={styles.toContents}>{t('contents')}</a>}</p>
      </Band>
      <Page>{await inside()}</Page>
    </article>
  )

  async function inside() {
    if (!page) return <Unwritten event={event} locale={locale} />
    if (!mayRead) return <Reserved event={event} locale={locale} />
    if (!page.edition) return <Withdrawn event={event} page={page} locale={locale} />
    return (
      <>
        {event.notesVisibility !== 'all' && <Notice>{t(`visibility.${event.notesVisibility}`)}</Notice>}
        {page.current !== page.number && <Newer event={event} page={page} locale={locale} />}
        <Restitution event={event} page={page} edition={page.edition} locale={locale} title={words.title} isOwn={isOwn} />
      </>
    )
  }
}

type Part = { event: EventPage; locale: Locale }

async function Newer({ event, page, locale }: Part & { page: EditionPage }) {
  const t = await getTranslations({ locale, namespace: 'restitution.page' })
  return (
    <Notice tone="warning" title={t('newer')}>
      <p>{t('newerText', { number: page.number, day: dayOf(page.publishedAt, event, locale) })} {page.current !== null && <a href={getPathname({ href: hrefOf('/events/[slug]/notes', event.slug), locale })}>{t('toCurrent', { number: page.current })}</a>}</p>
    </Notice>
  )
}

/** Whoever kept its address learns what became of it, and nothing of what it said. */
async function Withdrawn({ event, page, locale }: Part & { page: EditionPage }) {
  const t = await getTranslations({ locale, namespace: 'restitution.page' })
  const path = getPathname({ href: hrefOf(page.current === null ? '/events/[slug]' : '/events/[slug]/notes', event.slug), locale })
  return (
    <>
      <EmptyState title={t('gone', { number: page.number })} action={<LinkButton href={path}>{page.current === null ? t('toEvent') : t('toCurrent', { number: page.current })}</LinkButton>}>
        <p>{page.withdrawnAt && t('goneText', { published: dayOf(page.publishedAt, event, locale), day: dayOf(page.withdrawnAt, event, locale) })}</p>
        {page.why && <p>{t('goneWhy', { why: page.why })}</p>}
        {page.current === null && <p>{t('noOther')}</p>}
      </EmptyState>
      <EditionsSection event={event} page={page} locale={locale} />
    </>
  )
}

/** For organisers alone: others are told that there is no such page. */
async function Unwritten({ event, locale }: Part) {
  const t = await getTranslations({ locale, namespace: 'notes.page' })
  return (
    <EmptyState title={t('empty.title')} action={<LinkButton href={getPathname({ href: hrefOf('/organise/events/[slug]/notes', event.slug), locale })}>{t('empty.write')}</LinkButton>}>
      <p>{t('empty.text')}</p>
    </EmptyState>
  )
}

async function Reserved({ event, locale }: Part) {
  const t = await getTranslations({ locale, namespace: 'notes.page' })
  const returnTo = getPathname({ href: hrefOf('/events/[slug]/notes', event.slug), locale })
  return (
    <EmptyState title={t('reserved.title')} action={<LinkButton href={getPathname({ href: { pathname: '/login', query: { returnTo } }, locale })}>{t('reserved.login')}</LinkButton>}>
      <p>{t('reserved.text')}</p>
    </EmptyState>
  )
}

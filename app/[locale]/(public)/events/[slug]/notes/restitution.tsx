import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_ui/notice'
import { Columns, Facts, Section, Stack } from '@/app/_ui/page'
import { ResourceList } from '@/app/[locale]/(public)/events/[slug]/resource-list'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import type { EditionPage, ShownEdition } from '@/lib/notes/queries'
import { licenceLink } from '@/lib/notes/rules'
import { sayDay, typo } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import { AboutTags, tagsOf } from './about-tags'
import { DocumentView } from './document-view'
import { hrefOf } from './edition-href'
import { EditionsSection, LostPassages } from './editions-section'
import { dayOf } from './reading'
import styles from './restitution.module.css'

const known = ['CC-BY-SA-4.0', 'CC-BY-4.0', 'all-rights-reserved']

/** A published edition: its text, what it is about, who wrote it, under which licence, how to cite it, and its other editions. */
export async function Restitution({ event, page, edition, locale, title, isOwn }: {
  event: EventPage
  page: EditionPage
  edition: ShownEdition
  locale: Locale
  title: string
  isOwn: boolean
}) {
  const [t, said] = await Promise.all([getTranslations({ locale, namespace: 'notes.page' }), getTranslations({ locale, namespace: 'restitution.page' })])
  const own = event.language === locale ? undefined : event.language
  const address = webAddress('/events/[slug]/notes/[edition]', { slug: event.slug, edition: edition.number }, locale)
  const licence = licenceLink(edition.licence, locale)
  const kind = known.includes(edition.licence) ? edition.licence.replaceAll('.', '_') : null
  const name = t(`licences.${kind ?? 'other'}`)
  const day = sayDay(event.startDate, locale, { weekday: false })
  const publishedOn = dayOf(edition.publishedAt, event, locale)
  return (
    <div className={styles.restitution}>
      {event.demonstration && <Notice>{t('demonstration')}</Notice>}
      <Columns
        aside={
          <Stack>
            {edition.headings.length > 1 && (
              <nav aria-labelledby="contents" className="no-print">
                <h2 id="contents" className={styles.asideTitle}>{t('contents')}</h2>
                <ol className={styles.contents} lang={own}>
                  {edition.headings.map((one) => (
                    <li key={one.id} className={one.level === 3 ? styles.under : undefined}><a href={`#p-${one.id}`}>{typo(one.text, event.language === 'en' ? 'en' : 'fr')}</a></li>
                  ))}
                </ol>
              </nav>
            )}
            {edition.references.length > 0 && (
              <section aria-labelledby="about">
                <h2 id="about" className={styles.asideTitle}>{t('about')}</h2>
                <AboutTags tags={tagsOf(edition.references, edition.targets, locale)} long />
              </section>
            )}
            <Facts
              facts={[
                { term: t('facts.authors'), detail: <span lang={own}>{edition.authors}</span> },
                { term: t('facts.edition'), detail: <>{t('facts.editionOf', { number: edition.number, day: publishedOn })}{page.editions.length > 1 && <>{' '}<a href="#editions" className="no-print">{said('others', { count: page.editions.length - 1 })}</a></>}</> },
                { term: t('facts.licence'), detail: licence ? <a rel="license" href={licence}>{name}</a> : name },
              ]}
            />
          </Stack>
        }
        asideLabel={t('aside')}
      >
        {own && <p className={styles.language}>{t('language', { language: own })}</p>}
        <DocumentView document={edition.document} targets={edition.targets} locale={locale} lang={own} language={event.language === 'en' ? 'en' : 'fr'} words={{ permalink: t('permalink'), about: t('tags') }} />
        <ResourceList event={event} locale={locale} />
        <Section title={t('cite.title')} id="cite" level={2}>
          <p className={styles.cite}>
            {t.rich('cite.text', { authors: edition.authors, day, number: edition.number, published: publishedOn, licence: name, title: () => <cite lang={own}>{typo(title, own === 'en' || locale === 'en' ? 'en' : 'fr')}</cite> })}{' '}
            <a href={isOwn ? undefined : address} className={styles.address}>{address}</a>
          </p>
          <p className="small muted no-print">{said('citePassage')}</p>
          {kind && <p className={styles.licence}>{said(`licenceText.${kind}`)}</p>}
          <p className="small muted no-print"><a href={getPathname({ href: hrefOf('/events/[slug]', event.slug), locale })}>{t('toEvent')}</a></p>
        </Section>
        <EditionsSection event={event} page={page} locale={locale} />
        <LostPassages event={event} page={page} locale={locale} />
      </Columns>
    </div>
  )
}

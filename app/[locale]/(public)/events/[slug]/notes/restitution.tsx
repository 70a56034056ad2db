import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_ui/notice'
import { Columns, Facts, Section, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import type { CurrentEdition } from '@/lib/notes/queries'
import { sayDay, typo } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import { DocumentView } from './document-view'
import styles from './restitution.module.css'
import { AboutTags, tagsOf } from './about-tags'

/** A published edition: its text, what it is about, who wrote it, under which licence, and how to cite it. */
export async function Restitution({ event, edition, locale, title, publishedOn }: {
  event: EventPage
  edition: CurrentEdition
  locale: Locale
  title: string
  publishedOn: string
}) {
  const t = await getTranslations({ locale, namespace: 'notes.page' })
  const own = event.language === locale ? undefined : event.language
  const address = webAddress('/events/[slug]/notes', { slug: event.slug }, locale)
  const licence = licences[edition.licence] ?? null
  const name = t(`licences.${edition.licence in licences ? edition.licence.replaceAll('.', '_') : 'other'}`)
  const day = sayDay(event.startDate, locale, { weekday: false })
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
                    <li key={one.id} className={one.level === 3 ? styles.under : undefined}><a href={`#p-${one.id}`}>{one.text}</a></li>
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
                { term: t('facts.edition'), detail: t('facts.editionOf', { number: edition.number, day: publishedOn }) },
                { term: t('facts.licence'), detail: licence ? <a rel="license" href={licence(locale)}>{name}</a> : name },
              ]}
            />
          </Stack>
        }
        asideLabel={t('aside')}
      >
        {own && <p className={styles.language}>{t('language', { language: own })}</p>}
        <DocumentView document={edition.document} targets={edition.targets} locale={locale} lang={own} language={event.language === 'en' ? 'en' : 'fr'} words={{ permalink: t('permalink'), about: t('tags') }} />
        <Section title={t('cite.title')} id="cite" level={2}>
          <p className={styles.cite}>
            {t.rich('cite.text', { authors: edition.authors, day, number: edition.number, published: publishedOn, licence: name, title: () => <cite lang={own}>{typo(title, own === 'en' || locale === 'en' ? 'en' : 'fr')}</cite> })}{' '}
            <span className={styles.address}>{address}</span>
          </p>
          <p className="small muted no-print">{t('cite.anchor')} <a href={getPathname({ href: { pathname: '/events/[slug]', params: { slug: event.slug } }, locale })}>{t('toEvent')}</a></p>
        </Section>
      </Columns>
    </div>
  )
}

const licences: Record<string, ((locale: Locale) => string) | null> = {
  'CC-BY-SA-4.0': (locale) => `https://creativecommons.org/licenses/by-sa/4.0/deed.${locale}`,
  'CC-BY-4.0': (locale) => `https://creativecommons.org/licenses/by/4.0/deed.${locale}`,
  'all-rights-reserved': null,
}

import { getTranslations } from 'next-intl/server'
import { ChangesView, sayCount } from '@/app/[locale]/changes-view'
import { Details, Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import type { EditionPage } from '@/lib/notes/queries'
import { typo } from '@/lib/text'
import { hrefOf, hrefOfEdition } from './edition-href'
import { dayOf } from './reading'
import styles from './editions.module.css'

interface Props {
  event: EventPage
  page: EditionPage
  locale: Locale
}

/** Every edition there was, what each changed, and what became of it. */
export async function EditionsSection({ event, page, locale }: Props) {
  const [t, said, counted] = await Promise.all([
    getTranslations({ locale, namespace: 'restitution.page' }), getTranslations({ locale, namespace: 'restitution.editions' }), getTranslations({ locale, namespace: 'restitution.count' }),
  ])
  const lang = event.language === locale ? undefined : event.language
  const pathOf = (number: number) => getPathname({ href: hrefOfEdition(event.slug, number), locale })
  const editions = await Promise.all(page.editions.map(async (one) => ({ ...one, what: one.count && one.since !== null ? counted('since', { number: one.since, what: await sayCount(one.count, locale) }) : null })))
  const since = page.editions.find(({ number }) => number === page.number)?.since
  return (
    <Section title={t('editions')} id="editions">
      <ul className={styles.editions}>
        {editions.map(({ number, publishedAt, withdrawnAt, authors, changes, what }) => (
          <li key={number}>
            <p className={styles.line}>
              <a href={pathOf(number)} aria-current={number === page.number ? 'page' : undefined} className={withdrawnAt ? styles.withdrawn : undefined}>{said('line', { number, day: dayOf(publishedAt, event, locale) })}</a>
              {!withdrawnAt && <span lang={lang}>{authors}</span>}
              <span className={styles.state}>{withdrawnAt ? said('withdrawnOn', { day: dayOf(withdrawnAt, event, locale) }) : number === page.number ? t('here') : number === page.current ? said('current') : null}</span>
            </p>
            {changes && <p className={styles.said} lang={lang}>{typo(changes, event.language === 'en' ? 'en' : 'fr')}</p>}
            {what && <p className="small muted">{what}{number !== page.number && <> · <a href={`${pathOf(number)}#changes`}>{t('diff')}<span className="visually-hidden"> {t('diffOf', { number })}</span></a></>}</p>}
          </li>
        ))}
      </ul>
      {page.edition && since != null && page.changes.length > 0 && (
        <div id="changes" className={`${styles.changes} no-print`}>
          <Details summary={t('diffSince', { number: since })}>
            <ChangesView changes={page.changes} locale={locale} lang={lang} hrefOf={(change) => (change.is === 'removed' ? `${pathOf(since)}#p-${change.id}` : `#p-${change.id}`)} />
          </Details>
        </div>
      )}
      <p className="small muted">{t('editionsNote')}</p>
      {page.edition && (
        <p className="no-print">
          {t('formats')}{' '}
          <a href={getPathname({ href: hrefOf('/events/[slug]/notes.pdf', event.slug, queryOf(page)), locale })} type="application/pdf">{t('pdf')}</a>{', '}
          <a href={getPathname({ href: hrefOf('/events/[slug]/notes.md', event.slug, queryOf(page)), locale })} type="text/markdown">{t('markdown')}</a>
        </p>
      )}
    </Section>
  )
}

const queryOf = ({ number, current }: EditionPage) => (number === current ? undefined : { edition: String(number) })

/**
 * An old link finds something at its anchor: the passages of other editions that this one no longer has stand here under
 * their ids, with the way to where they are read.
 */
export async function LostPassages({ event, page, locale }: Props) {
  if (page.gone.length === 0) return null
  const t = await getTranslations({ locale, namespace: 'restitution.page' })
  const lang = event.language === locale ? undefined : event.language
  return (
    <Section title={t('lost')} id="lost">
      <p className="small muted">{t('lostText')}</p>
      <ul className={styles.lost}>
        {page.gone.map(({ id, edition, publishedAt, excerpt: written }) => {
          const excerpt = written === null ? null : typo(written, event.language === 'en' ? 'en' : 'fr')
          return (
            <li key={id} id={`p-${id}`}>
              {excerpt === null ? t('lostWithdrawn', { number: edition, day: dayOf(publishedAt, event, locale) }) : (
                <>
                  {t.rich('lostPassage', { number: edition, day: dayOf(publishedAt, event, locale), excerpt, q: (words) => <span lang={lang}>{words}</span> })}{' '}
                  <a href={`${getPathname({ href: hrefOfEdition(event.slug, edition), locale })}#p-${id}`}>{t('lostRead')}<span className="visually-hidden" lang={lang}> ({excerpt})</span></a>
                </>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

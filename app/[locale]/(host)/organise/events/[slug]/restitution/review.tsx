import { getTranslations } from 'next-intl/server'
import { Section } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { Finding } from '@/lib/notes/queries'
import styles from './restitution-room.module.css'

const most = 40

/** What a reader would stumble over, with the way to each paragraph in the notes. */
export async function Review({ findings, locale, notes, lang }: { findings: Finding[]; locale: Locale; notes: string; lang?: string }) {
  const t = await getTranslations({ locale, namespace: 'restitution.review' })
  return (
    <Section id="review" title={t('title')} beside={findings.length > 0 ? t('count', { count: findings.length }) : undefined}>
      {findings.length === 0 ? <p>{t('none')}</p> : (
        <ul className={styles.findings}>
          {findings.slice(0, most).map((one, place) => (
            <li key={place} className={one.is === 'unknown-reference' ? styles.grave : undefined}>
              <p className={styles.where}>{one.excerpt ? t.rich('in', { excerpt: one.excerpt, q: (words) => <span lang={lang}>{words}</span> }) : t('inEmpty')}</p>
              <p>
                {one.is === 'unknown-reference' ? t(one.is, { key: one.key })
                  : one.is === 'number-untied' || one.is === 'number-beyond' ? t(one.is, { number: one.number })
                    : one.is === 'number-elsewhere' ? t(one.is, { number: one.number, tied: one.tied.join(', ') })
                      : t(one.is)}{' '}
                <a href={`${notes}#p-${one.id}`}>{t('mend')}<span className="visually-hidden"> ({place + 1})</span></a>
              </p>
            </li>
          ))}
        </ul>
      )}
      {findings.length > most && <p className="muted">{t('more', { count: findings.length - most })}</p>}
    </Section>
  )
}

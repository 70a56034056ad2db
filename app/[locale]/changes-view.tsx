import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import type { Change, Count, Stretch } from '@/lib/notes/queries'
import { typo } from '@/lib/text'
import styles from './changes-view.module.css'

const most = 200

/** What one edition does otherwise than another, block by block, its words marked by elements and by words, not by colour alone. */
export async function ChangesView({ changes, locale, lang, hrefOf }: {
  changes: Change[]
  locale: Locale
  /** Of the text. */
  lang?: string
  /** Where a block can be read; of one that is gone, in the older edition. */
  hrefOf: (change: Change) => string | null
}) {
  const t = await getTranslations({ locale, namespace: 'restitution.changes' })
  if (changes.length === 0) return <p className="muted">{t('none')}</p>
  const set = (text: string) => typo(text, (lang ?? locale) === 'en' ? 'en' : 'fr')
  const words = { inserted: t('inserted'), deleted: t('deleted'), end: t('end') }
  return (
    <>
      <ul className={styles.changes}>
        {changes.slice(0, most).map((change) => {
          const href = hrefOf(change)
          return (
            <li key={`${change.is}-${change.id}`} className={styles[change.is]}>
              <p className={styles.kind}>{href ? <a href={href}>{t(change.is)}</a> : t(change.is)}</p>
              <div>
                <p lang={lang}>
                  {change.is === 'changed' && <Words stretches={change.words.map((one) => ({ ...one, text: set(one.text) }))} {...words} locale={locale} lang={lang} />}
                  {change.is === 'removed' && <del>{set(change.before)}</del>}
                  {change.is === 'added' && <ins>{set(change.after)}</ins>}
                  {change.is === 'moved' && set(change.after)}
                </p>
                {change.is === 'changed' && change.ties && <p className={styles.note}>{t('ties', { before: change.ties.before.join(', ') || t('noTies'), after: change.ties.after.join(', ') || t('noTies') })}</p>}
                {change.is === 'changed' && change.form && <p className={styles.note}>{t(change.words.some(({ is }) => is !== 'same') ? 'form' : 'formOnly')}</p>}
              </div>
            </li>
          )
        })}
      </ul>
      {changes.length > most && <p className="muted">{t('more', { count: changes.length - most })}</p>}
    </>
  )
}

function Words({ stretches, inserted, deleted, end, locale, lang }: { stretches: Stretch[]; inserted: string; deleted: string; end: string; locale: Locale; lang?: string }) {
  const said = (text: string) => <span className="visually-hidden" lang={lang ? locale : undefined}> {text} </span>
  return stretches.map(({ is, text }, place) => {
    if (is === 'same') return <span key={place}>{shortened(text, place, stretches.length)}</span>
    const Mark = is === 'added' ? 'ins' : 'del'
    return <Mark key={place}>{said(is === 'added' ? inserted : deleted)}{text}{said(`(${end})`)}</Mark>
  })
}

const around = 160

/** Of a long stretch that stayed, what stands beside a change is enough. */
function shortened(text: string, place: number, count: number) {
  const [head, tail] = [text.slice(0, around), text.slice(-around)]
  if (place === 0 && count > 1) return text.length > around ? `… ${tail}` : text
  if (place === count - 1) return text.length > around ? `${head} …` : text
  return text.length > 2 * around ? `${head} … ${tail}` : text
}

/** « 2 paragraphes ajoutés, un modifié »: the first says what is counted. */
export async function sayCount(count: Count, locale: Locale) {
  const t = await getTranslations({ locale, namespace: 'restitution.count' })
  const said = (['added', 'changed', 'moved', 'removed'] as const).filter((is) => count[is] > 0).map((is, place) => t(is, { count: count[is], first: String(place === 0) }))
  return said.length > 0 ? said.join(', ') : t('none')
}

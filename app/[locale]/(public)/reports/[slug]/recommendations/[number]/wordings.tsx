import { getTranslations } from 'next-intl/server'
import { otherLanguage } from '@/app/[locale]/event-words'
import { classNames } from '@/app/_ui/class-names'
import { Details } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { recommendation } from '@/lib/reports/queries'
import { type WordingSaid, wordingsSideBySide } from '@/lib/reports/rules'
import { fold, localeOf, typo } from '@/lib/text'
import styles from './recommendation.module.css'

type Props = { found: NonNullable<Awaited<ReturnType<typeof recommendation>>>; locale: Locale }

/** Word for word, side by side, each wording with where it stands; what is not the report's own says so. */
export async function Wordings({ found, locale }: Props) {
  const told = wordingsSideBySide(found, locale)
  if (!told) return null
  const { quoted, beside, elsewhere } = told
  const t = await getTranslations({ locale, namespace: 'report' })
  return (
    <div className={classNames(styles.wordings, beside.length > 0 && styles.sideBySide)}>
      <Wording one={quoted} locale={locale} isQuoted />
      {beside.length > 0 && <div className={styles.beside}>{beside.map((one, i) => <Wording key={i} one={one} locale={locale} />)}</div>}
      {elsewhere.length > 0 && (
        <div className={styles.elsewhere}><Details summary={t('wording.elsewhere')}>{elsewhere.map((one, i) => <Wording key={i} one={one} locale={locale} />)}</Details></div>
      )}
    </div>
  )
}

async function Wording({ one: { text, language: written, source, is }, locale, isQuoted = false }: { one: WordingSaid; locale: Locale; isQuoted?: boolean }) {
  const [t, french] = await Promise.all([getTranslations({ locale, namespace: 'report' }), getTranslations({ locale: 'fr', namespace: 'report' })])
  const language = localeOf(written)
  // Only what is the report's, or is said of it in its language, stands between quotation marks.
  const [open, close] = is === 'translation' ? ['', ''] : language === 'fr' ? ['«\u00A0', '\u00A0»'] : ['“', '”']
  const isToldTwice = source !== null && is !== 'own' && fold(source) === fold(french(`wording.${is}`))
  return (
    <figure>
      <blockquote className={isQuoted ? styles.quoted : styles.other} lang={otherLanguage(language, locale)}><p>{open}{typo(text, language)}{close}</p></blockquote>
      <figcaption>
        {is !== 'own' && <strong>{t(`wording.${is}`)}</strong>}
        {is !== 'own' && source && !isToldTwice && ' · '}
        {source && !isToldTwice && <span lang={otherLanguage('fr', locale)}>{typo(source, 'fr')}</span>}
      </figcaption>
    </figure>
  )
}

import { getTranslations } from 'next-intl/server'
import { otherLanguage } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import type { recommendation } from '@/lib/reports/queries'
import { quotedWording } from '@/lib/reports/rules'
import { typo } from '@/lib/text'
import styles from './recommendation.module.css'

type Props = { found: NonNullable<Awaited<ReturnType<typeof recommendation>>>; locale: Locale }

/** Word for word, each wording with where it stands; whoever reads another language gets a translation that says what it is. */
export async function Wordings({ found, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'report' })
  const quotation = quotedWording(found, locale)
  if (!quotation) return null
  const { quoted, translation } = quotation
  const others = found.wordings.filter((one) => one !== quoted && one !== translation && (one.official || one.language === locale))
  return (
    <div className={styles.wordings}>
      {[quoted, ...others].map((one) => {
        const language = one.language as Locale
        const [open, close] = language === 'fr' ? ['«\u00A0', '\u00A0»'] : ['“', '”']
        return (
          <figure key={one.text}>
            <blockquote className={one === quoted ? styles.quoted : styles.other} lang={otherLanguage(language, locale)}>
              <p>{open}{typo(one.text, language)}{close}</p>
            </blockquote>
            <figcaption>
              {!one.official && <strong>{t('wording.unofficial')}</strong>}
              {one !== quoted && one.official && <strong>{t('wording.other')}</strong>}
              {(!one.official || one !== quoted) && one.source && ' · '}
              {one.source && <span lang={otherLanguage('fr', locale)}>{typo(one.source, 'fr')}</span>}
            </figcaption>
          </figure>
        )
      })}
      {translation && (
        <figure>
          <blockquote className={styles.other}><p>{typo(translation.text, locale)}</p></blockquote>
          {!translation.official && <figcaption><strong>{t('wording.translation')}</strong></figcaption>}
        </figure>
      )}
    </div>
  )
}

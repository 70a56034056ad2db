import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_ui/notice'
import { Details } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import styles from './invitation.module.css'
import type { Finding } from './previews'

/** What the rules say of an invitation, in words: what is wrong, what an organiser can mend and where, what was looked at. */
export async function InvitationCheck({ findings, locale, mend, file }: { findings: Finding[]; locale: Locale; mend: (code: string) => string | null; file: string }) {
  const t = await getTranslations({ locale, namespace: 'lint' })
  const { wrong = [], warning = [], good = [] } = Object.groupBy(findings, ({ level }) => level)
  return (
    <>
      {wrong.length > 0 && (
        <Notice tone="warning" title={t('check.wrong', { wrong: wrong.length })}>
          <ul className={styles.findings}>
            {wrong.map(({ rule, code, detail }) => (
              <li key={code}><strong>{t('check.rule', { rule: String(rule) })}</strong>{` · ${t(`rules.${code}`)}`}<code className={styles.detail}>{detail}</code></li>
            ))}
          </ul>
        </Notice>
      )}
      {wrong.length === 0 && warning.length === 0 && <Notice tone="success"><p>{t('check.good', { count: good.length })}</p></Notice>}
      {warning.length > 0 && (
        <Notice title={wrong.length === 0 ? t('check.advised', { count: good.length, advice: warning.length }) : undefined}>
          <ul className={styles.findings}>
            {warning.map(({ code, detail }) => {
              const href = mend(code)
              return <li key={code}>{t(`advice.${code}`, { detail: detail ?? '' })}{href && <> <a href={href}>{t('check.mend')}</a></>}</li>
            })}
          </ul>
        </Notice>
      )}
      <div>
        <Details summary={t('check.all', { count: good.length })}>
          <ol className={styles.rules}>
            {good.map(({ rule, code }) => <li key={code} value={rule ?? undefined}>{t(`rules.${code}`)}</li>)}
          </ol>
        </Details>
        <Details summary={t('check.raw')}><pre className={styles.source} tabIndex={0}>{file}</pre></Details>
      </div>
    </>
  )
}

import { LinkButton } from '@/app/_ui/button'
import { Details, Stack } from '@/app/_ui/page'
import styles from '@/app/[locale]/(host)/organise/inbox/inbox.module.css'
import type { InboxWords } from '@/app/[locale]/(host)/organise/inbox/say-mail'
import { mostShown, shownSource } from '@/app/[locale]/(host)/organise/inbox/shown-source'
import { sayInstant } from '@/app/[locale]/(host)/organise/say-instant'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { OpenedMail } from '@/lib/inbox/queries'
import { keptUntil } from '@/lib/inbox/rules'

/** The message as it came, as escaped text and as a file; once it is erased, since when. */
export function Source({ mail, locale, t }: { mail: OpenedMail; locale: Locale; t: InboxWords }) {
  const { raw } = mail
  const until = sayInstant(keptUntil(mail), locale)
  if (!raw) return <p className={styles.why}>{keptUntil(mail) > now() ? t('raw.unkept') : t('raw.erased', { when: until })}</p>
  return (
    <Stack close>
      <p className={styles.why}>{t('raw.kept', { when: until })} {t('raw.hidden')}</p>
      <Details summary={`${t('raw.open')} (${t('raw.size', { size: Math.ceil(raw.length / 1024) })})`}>
        {raw.length > mostShown && <p className="small muted">{t('raw.cut')}</p>}
        <pre className={styles.source} tabIndex={0}>{shownSource(raw)}</pre>
      </Details>
      <p><LinkButton look="ghost" href={getPathname({ href: { pathname: '/organise/inbox/[id]/message', params: { id: mail.id } }, locale })} download>{t('raw.download')}</LinkButton></p>
    </Stack>
  )
}

import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { EmptyState } from '@/app/_ui/notice'
import { PageHead } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { isId } from '@/lib/ids'
import { mailbox } from '@/lib/mail/queries'
import { mailboxPath, readerLocale, requireKey } from './entry'
import styles from './mailbox.module.css'
import { whenWritten } from './when-written'

interface Props {
  searchParams: Promise<{ key?: string | string[]; after?: string | string[] }>
}

/** Every letter that would have left, newest first. */
export default async function MailboxPage({ searchParams }: Props) {
  const { key, after } = await searchParams
  if (typeof key === 'string') redirect(`${mailboxPath}/enter?key=${encodeURIComponent(key)}`)
  await requireKey()

  const locale = await readerLocale()
  const t = await getTranslations({ locale, namespace: 'mailbox' })
  const { letters, next } = await mailbox(isId(after) ? after : undefined)
  return (
    <>
      <PageHead title={t('heading')}>
        <p>{t('lede')}</p>
      </PageHead>
      {letters.length === 0 ? (
        <EmptyState title={t('empty.title')} action={<a href={mailboxPath}>{t('empty.action')}</a>}>{t('empty.text')}</EmptyState>
      ) : (
        <ul className={styles.letters}>
          {letters.map((letter) => (
            <li key={letter.id} className={styles.letter}>
              <time className={styles.when} dateTime={letter.createdAt.toISOString()}>{whenWritten(letter.createdAt, locale)}</time>
              <div className={styles.about}>
                <h2 className={styles.subject}>
                  <a href={`${mailboxPath}/${letter.id}`} lang={letter.locale}>{letter.subject}</a>
                </h2>
                <p className="small muted">
                  {t('to', { address: letter.toAddress })}
                  {letter.calendarMethod && ` · ${t('withInvitation', { method: letter.calendarMethod })}`}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Pagination
        label={t('pages')}
        previous={after ? { href: mailboxPath, label: t('newest') } : undefined}
        next={next ? { href: `${mailboxPath}?after=${next}`, label: t('older') } : undefined}
      />
    </>
  )
}

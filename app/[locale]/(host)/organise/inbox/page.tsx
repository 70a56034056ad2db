import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Choices, Page, PageHead, Section } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import { isId } from '@/lib/ids'
import { countAwaiting, type InboxKind, inboxList } from '@/lib/inbox/queries'
import styles from './inbox.module.css'
import { MailList } from './mail-list'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const shown: ('all' | InboxKind)[] = ['all', 'calendar', 'words', 'bounce', 'other']

const known = ['tied', 'tied-declined', 'tied-promoted', 'put-aside'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'inbox' })
  return { title: t('title') }
}

/** What came in: first what waits for a person, then all of it, the newest first. */
export default async function InboxPage({ params, searchParams }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const t = await getTranslations({ locale, namespace: 'inbox' })
  const asked = await searchParams
  const show = shown.find((name) => name === asked.show) ?? 'all'
  const after = isId(asked.after) ? asked.after : undefined
  const isWhole = show === 'all' && !after
  const [count, awaiting, { rows, next }] = await Promise.all([
    countAwaiting(),
    isWhole ? inboxList({ filter: 'awaiting' }) : null,
    inboxList({ filter: 'all', kind: show === 'all' ? undefined : show, cursor: after }),
  ])
  const did = saidDone(asked.done, known)
  const at = (query: Record<string, string>) => getPathname({ href: { pathname: '/organise/inbox', query }, locale })
  const filter: Record<string, string> = show === 'all' ? {} : { show }

  return (
    <Page>
      <PageHead title={t('title')}><p>{t('lede')}</p></PageHead>
      {did && <Notice tone="success" live="status"><p>{t(`done.${did}`)}</p></Notice>}
      {!config().answersRead && <Notice title={t('closed.title')}><p>{t('closed.text', { domain: config().replyDomain })}</p></Notice>}
      {isWhole && rows.length === 0 ? (
        <EmptyState title={t('empty.title')}><p>{t(config().answersRead ? 'empty.text' : 'empty.closedText')}</p></EmptyState>
      ) : (
        <>
          {awaiting && (
            <Section id="awaiting" title={t('awaiting.title')} beside={count > 0 ? t('awaiting.count', { count }) : undefined}>
              {awaiting.rows.length === 0 ? <p className="muted">{t('awaiting.none')}</p> : <MailList mails={awaiting.rows} locale={locale} />}
              {awaiting.next && <p className="muted">{t('awaiting.more', { count: awaiting.rows.length })}</p>}
            </Section>
          )}
          <Section id="all" title={t('all')}>
            <div className={styles.kinds}>
              <Choices label={t('show.label')} links={shown.map((name) => ({ label: t(`show.${name}`), href: `${at(name === 'all' ? {} : { show: name })}#all`, current: name === show }))} />
            </div>
            {rows.length === 0 ? <p className="muted">{t('empty.kind')}</p> : <MailList mails={rows} locale={locale} marked />}
            <Pagination
              label={t('pages')}
              previous={after ? { href: `${at(filter)}#all`, label: t('newest') } : undefined}
              next={next ? { href: `${at({ ...filter, after: next })}#all`, label: t('older') } : undefined}
            />
          </Section>
        </>
      )}
    </Page>
  )
}

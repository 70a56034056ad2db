import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { Button, Buttons } from '@/app/_ui/button'
import { Select } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { pathOf } from '@/lib/pathnames'
import { findFollow, type FollowRow, followsOf, thingsOf } from '@/lib/syndication/queries'
import { stateOfFollow } from '@/lib/syndication/rules'
import styles from '@/app/[locale]/(public)/follow/follow.module.css'
import { FollowAct, Follows, FollowSaid, pageOf } from '@/app/[locale]/(public)/follow/follows'

interface Props {
  params: Promise<{ locale: Locale; token: string }>
  searchParams: Promise<{ said?: string }>
}

/** Asked for by the head and by the body of one page; looked up once. */
const heldBy = cache(findFollow)

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { locale } = await params
  const t = await getTranslations({ locale, namespace: 'follow' })
  return { title: t('own.title'), robots: { index: false, follow: false }, referrer: 'same-origin' }
}

/** What a follower's link opens: a yes to give, or all that its address follows, and how to stop. Looking changes nothing; only a POST does. */
export default async function FollowerPage({ params, searchParams }: Props) {
  const { locale, token } = await params
  const row = await heldBy(token)
  if (!row) notFound()
  const { said } = await searchParams
  const rows = await followsOf([row.addressFold])
  const asks = stateOfFollow(row) === 'unconfirmed'
  const others = rows.filter((one) => one.id !== row.id || !asks)
  const following = rows.filter((one) => stateOfFollow(one) === 'following')
  const t = await getTranslations({ locale, namespace: 'follow' })
  return (
    <Page narrow>
      <PageHead overline={t('own.over')} title={asks ? t('own.confirmTitle') : t('own.title')}>
        <p className={styles.address}>{t('own.of', { address: row.address })}</p>
      </PageHead>
      <Stack>
        <FollowSaid said={said} locale={locale} />
        {asks && <ToConfirm row={row} locale={locale} />}
        {!asks && following.length === 0 && <Notice tone="info" title={t('own.nothing')} />}
        {others.length > 0 && <Section title={t('own.list')} id="list"><Follows rows={others} locale={locale} /></Section>}
        {following.length > 0 && (
          <>
            <Section title={t('own.language')} id="speak"><Language row={row} token={token} locale={locale} /></Section>
            <Section title={t('own.stopTitle')} id="stop">
              <Stack close>
                <p className="measure">{t('own.stopWords')}</p>
                <Buttons><FollowAct row={row} act="stop-all" look="danger" label={t('own.stopAll')} locale={locale} /></Buttons>
              </Stack>
            </Section>
          </>
        )}
        <p><a href={getPathname({ href: '/follow', locale })}>{t('own.more')}</a></p>
      </Stack>
    </Page>
  )
}

async function ToConfirm({ row, locale }: { row: FollowRow; locale: Locale }) {
  const [t, things] = await Promise.all([getTranslations({ locale, namespace: 'follow' }), thingsOf([row.target], locale)])
  const thing = things.get(row.target)
  if (!thing) return <Notice tone="warning" title={t('own.noMore')} />
  return (
    <Stack close>
      <p className={styles.kind}>{thing.kind === 'recommendation' ? t('thing.recommendation', { number: thing.number ?? 0 }) : t(`thing.${thing.kind}`)}</p>
      <p className={styles.name}><a href={pageOf(thing, locale)} lang={thing.lang}>{thing.name}</a></p>
      <p className="measure">{t('own.confirmWords')}</p>
      <Buttons><FollowAct row={row} act="confirm" look="accent" label={t('own.confirm')} locale={locale} /></Buttons>
      <p className="small">{t('own.notYou')}</p>
    </Stack>
  )
}

async function Language({ row, token, locale }: { row: FollowRow; token: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'follow' })
  return (
    <form method="post" action={pathOf('/follow/[token]/change', { token }, locale)} className={styles.language}>
      <input type="hidden" name="act" value="language" />
      <Select name="language" label={t('own.languageLabel')} defaultValue={row.locale === 'en' ? 'en' : 'fr'}>
        <option value="fr" lang="fr">français</option>
        <option value="en" lang="en">English</option>
      </Select>
      <Button look="ghost">{t('own.languageSubmit')}</Button>
    </form>
  )
}

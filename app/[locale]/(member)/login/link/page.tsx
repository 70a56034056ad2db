import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { currentActor } from '@/app/_session/actor'
import { Button, LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Page, PageHead } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { challengeByLink } from '@/lib/people/queries'
import { localPath, loginMinutes, maskedAddress } from '@/lib/people/rules'
import { AlreadyIn } from '@/app/[locale]/(member)/login/already-in'
import styles from '@/app/[locale]/(member)/login/login.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ token?: string | string[]; returnTo?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'login.link' })
  return { title: t('title') }
}

/** Where the letter's link leads: it shows whose log-in this is, and changes nothing. The button does. */
export default async function LinkPage({ params, searchParams }: Props) {
  const { locale } = await params
  const asked = await searchParams
  const t = await getTranslations({ locale, namespace: 'login.link' })
  const token = typeof asked.token === 'string' && asked.token.length <= 200 ? asked.token : ''
  const returnTo = localPath(typeof asked.returnTo === 'string' ? asked.returnTo : null, '')
  const challenge = token ? await challengeByLink(token) : null

  if (!challenge) {
    return (
      <Page narrow>
        <PageHead title={t('gone.title')}><p>{t('gone.text', { minutes: loginMinutes })}</p></PageHead>
        <div className={styles.steps}>
          <AlreadyIn actor={await currentActor()} locale={locale} returnTo={returnTo} />
          <p><LinkButton href={getPathname({ href: returnTo ? { pathname: '/login', query: { returnTo } } : '/login', locale })}>{t('gone.again')}</LinkButton></p>
        </div>
      </Page>
    )
  }
  return (
    <Page narrow>
      <PageHead title={t('title')}>
        <p>{t.rich('whose', { address: maskedAddress(challenge.address), b: (text) => <b className={styles.address}>{text}</b> })}</p>
      </PageHead>
      <form method="post" action="/api/auth/callback/email" className={styles.steps}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="returnTo" value={returnTo} />
        <p><Button>{t('enter')}</Button></p>
        <Notice><p>{t('notYou')}</p></Notice>
      </form>
    </Page>
  )
}

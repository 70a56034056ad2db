import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { currentActor } from '@/app/_session/actor'
import { Page, PageHead } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { localPath } from '@/lib/people/rules'
import { askForLetter } from './actions'
import { AlreadyIn } from './already-in'
import { LetterForm } from './letter-form'
import styles from './login.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ returnTo?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'login' })
  return { title: t('title') }
}

export default async function LoginPage({ params, searchParams }: Props) {
  const { locale } = await params
  const t = await getTranslations({ locale, namespace: 'login' })
  const asked = (await searchParams).returnTo
  const returnTo = localPath(typeof asked === 'string' ? asked : null, '')
  return (
    <Page narrow>
      <PageHead title={t('title')}><p>{t('lede')}</p></PageHead>
      <div className={styles.steps}>
        <AlreadyIn actor={await currentActor()} locale={locale} returnTo={returnTo} />
        <LetterForm
          ask={askForLetter}
          locale={locale}
          returnTo={returnTo}
          words={{ label: t('address.label'), hint: t('address.hint'), send: t('send'), wrong: t('wrong') }}
        />
        <p className={styles.aside}>{t('noAccount')}</p>
      </div>
    </Page>
  )
}

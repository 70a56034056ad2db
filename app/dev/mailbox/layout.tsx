import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { fonts } from '@/app/fonts/fonts'
import { Page } from '@/app/_ui/page'
import '@/app/_ui/base.css'
import { mailboxPath, readerLocale } from './entry'
import styles from './mailbox.module.css'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations({ locale: await readerLocale(), namespace: 'mailbox' })
  return {
    title: { default: t('title'), template: `%s · ${t('title')}` },
    robots: { index: false, follow: false },
    referrer: 'no-referrer',
  }
}

/** The built-in mailbox stands beside the site: one address, no menu, no language in the path. */
export default async function Layout({ children }: { children: ReactNode }) {
  const locale = await readerLocale()
  const t = await getTranslations({ locale, namespace: 'mailbox' })
  return (
    <html lang={locale} className={fonts}>
      <body>
        <header className={styles.top}>
          <Page className={styles.topInside}>
            <a className={styles.mark} href={mailboxPath}>{t('title')}</a>
            <a className={styles.out} href="/">{t('site')}</a>
          </Page>
        </header>
        <main id="main" tabIndex={-1} className={styles.main}>
          <Page>{children}</Page>
        </main>
      </body>
    </html>
  )
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { currentActor } from '@/app/_session/actor'
import { readPending } from '@/app/_session/pending-login'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Page, PageHead, Stack } from '@/app/_ui/page'
import { Link } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { parseAddress } from '@/lib/address'
import { config } from '@/lib/config'
import { localPath, loginMinutes } from '@/lib/people/rules'
import { askAgain } from '@/app/[locale]/(member)/login/actions'
import { AlreadyIn } from '@/app/[locale]/(member)/login/already-in'
import { LetterForm } from '@/app/[locale]/(member)/login/letter-form'
import styles from '@/app/[locale]/(member)/login/login.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'login.code' })
  return { title: t('title') }
}

export default async function CodePage({ params }: Props) {
  const { locale } = await params
  const t = await getTranslations({ locale, namespace: 'login' })
  const pending = readPending(await cookies())
  const mailbox = parseAddress(pending.address)
  const returnTo = localPath(pending.returnTo, '')
  const error = pending.reason && t(`refusals.${pending.reason}`, { left: pending.left })
  const field = pending.reason === 'address' ? 'address' : 'code'

  return (
    <Page narrow>
      <PageHead title={t('code.title')}>
        <Stack close>
          {mailbox.ok && <p>{t.rich('code.sent', { address: mailbox.address, sender: config().mailFrom.address, ...marks })}</p>}
          <p>{t('code.how', { minutes: loginMinutes })}</p>
        </Stack>
      </PageHead>
      <div className={styles.steps}>
        <AlreadyIn actor={await currentActor()} locale={locale} returnTo={returnTo} />
        {pending.again && !error && <Notice tone="success" live="status"><p>{t('code.sentAgain')}</p></Notice>}
        {error && <ErrorSummary title={t('wrong')} errors={[{ field, message: error }]} />}
        <form method="post" action="/api/auth/callback/email" noValidate>
          <input type="hidden" name="locale" value={locale} />
          <input type="hidden" name="returnTo" value={returnTo} />
          {mailbox.ok ? (
            <input type="hidden" name="address" value={mailbox.address} />
          ) : (
            <Field
              name="address" type="email" label={t('address.label')} error={field === 'address' ? error : null}
              defaultValue={pending.address} autoComplete="email" autoCapitalize="none" spellCheck={false} required
            />
          )}
          <Field
            name="code" label={t('code.label')} hint={t('code.hint')} error={field === 'code' ? error : null} className={styles.code}
            defaultValue={pending.typed} inputMode="numeric" autoComplete="one-time-code" spellCheck={false} required
          />
          <p><Button>{t('code.enter')}</Button></p>
        </form>
        <div className={styles.other}>
          <p>{t('code.nothing')}</p>
          {mailbox.ok && (
            <LetterForm
              ask={askAgain} locale={locale} returnTo={returnTo} known={mailbox.address} look="ghost"
              words={{ label: '', hint: '', send: t('code.again'), wrong: t('wrong') }}
            />
          )}
          <p><Link href={returnTo ? { pathname: '/login', query: { returnTo } } : '/login'}>{t('code.other')}</Link></p>
        </div>
      </div>
    </Page>
  )
}

/** Addresses stay in one piece where the line has the room. */
const marks = {
  b: (text: ReactNode) => <b className={styles.address}>{text}</b>,
  i: (text: ReactNode) => <span className={styles.sender}>{text}</span>,
}

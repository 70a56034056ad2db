import { getTranslations } from 'next-intl/server'
import { Button, Buttons, LinkButton } from '@/app/_ui/button'
import { CopyField } from '@/app/_ui/copy-field'
import { Details, Section, Stack } from '@/app/_ui/page'
import { QrCode } from '@/app/_ui/qr-code'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { subscribeLinks } from '@/lib/calendar/rules'
import { config } from '@/lib/config'
import { feedTokenOf } from '@/lib/registrations/queries'
import { renewMyFeed } from './actions'
import styles from './own-calendar.module.css'

/** One's own calendar: everything one is registered for, by an address that nobody else knows. */
export async function OwnCalendar({ personId, locale }: { personId: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'subscribe.mine' })
  const token = await feedTokenOf(personId)
  if (!token) {
    return (
      <Section title={t('title')} id="calendar">
        <Stack close>
          <p className="measure">{t('offer')}</p>
          <Once locale={locale} />
          <form action={renewMyFeed}><input type="hidden" name="locale" value={locale} /><Buttons><Button look="ghost">{t('make')}</Button></Buttons></form>
        </Stack>
      </Section>
    )
  }
  const address = `${config().appUrl}/feeds/me/${token}.ics${locale === config().defaultLocale ? '' : `?lang=${locale}`}`
  const { webcal } = subscribeLinks(address, t('title'))
  const words = await getTranslations({ locale, namespace: 'subscribe.panel' })
  return (
    <Section title={t('title')} id="calendar">
      <div className={styles.grid}>
        <Stack close>
          <p className="measure">{t('words')}</p>
          <Buttons>
            <LinkButton look="ghost" href={webcal}>{t('open')}</LinkButton>
            <a href={`${getPathname({ href: '/subscribe', locale })}#steps`}>{t('how')}</a>
          </Buttons>
          <CopyField key={address} name="own-calendar" label={t('address')} hint={t('secret')} value={address} words={{ copy: words('copy'), done: words('copied'), refused: words('refused') }} />
          <Once locale={locale} />
          <Details summary={t('renew')}>
            <Stack close>
              <p id="renewing" className="measure">{t('renewWords')}</p>
              <form action={renewMyFeed}><input type="hidden" name="locale" value={locale} /><input type="hidden" name="again" value="on" /><Buttons><Button look="danger" aria-describedby="renewing">{t('renewButton')}</Button></Buttons></form>
            </Stack>
          </Details>
        </Stack>
        <figure className={`${styles.code} no-print`}>
          <QrCode id="own-code" text={webcal} says={t('code')} />
          <figcaption className="small">{t('phone')}</figcaption>
        </figure>
      </div>
    </Section>
  )
}

/** The letters bring invitations already: with this calendar besides, everything would show twice. */
async function Once({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'subscribe.mine' })
  return (
    <Details summary={t('once')} open>
      <div className={styles.once}>
        <p>{t('onceWords')}</p>
        <p>{t('onceWarning')}</p>
      </div>
    </Details>
  )
}

import { getTranslations } from 'next-intl/server'
import { Button, Buttons, LinkButton } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Section, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import { feedTokenOf } from '@/lib/registrations/queries'
import { renewMyFeed } from './actions'

/** One's own calendar: everything one is registered for, by an address that nobody else knows. */
export async function OwnCalendar({ personId, locale }: { personId: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration.mine.calendar' })
  const token = await feedTokenOf(personId)
  const address = token && `${config().appUrl}/feeds/me/${token}.ics${locale === config().defaultLocale ? '' : `?lang=${locale}`}`
  return (
    <Section title={t('title')} id="calendar">
      <Stack close>
        <p className="measure">{t(address ? 'words' : 'offer')}</p>
        {address && (
          <>
            <Buttons><LinkButton look="ghost" href={address.replace(/^https?:/, 'webcal:')}>{t('open')}</LinkButton></Buttons>
            <Field name="own-calendar" label={t('address')} hint={t('secret')} readOnly defaultValue={address} />
          </>
        )}
        <form action={renewMyFeed}>
          <Buttons><Button look="ghost">{t(address ? 'renew' : 'make')}</Button></Buttons>
        </form>
      </Stack>
    </Section>
  )
}

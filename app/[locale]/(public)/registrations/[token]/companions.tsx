import { getTranslations } from 'next-intl/server'
import { Button, Buttons } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Section, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { closing } from '@/lib/events/rules'
import type { HeldRegistration as Held } from '@/lib/registrations/queries'
import styles from './registration.module.css'

type Props = { held: Held; locale: Locale; action: string; said?: string; typed?: string; error?: string | null }

/** Named colleagues who come along, up to as many as the event lets one bring. */
export async function Companions({ held, locale, action, said, typed, error }: Props) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const { companions, event } = held
  if (event.companionsMost === 0 && companions.length === 0) return null
  return (
    <Section title={t('companions')} id="companions">
      <Stack close>
        {(said === 'added' || said === 'removed') && <Notice tone="success" live="status" title={t(said)} />}
        {companions.length > 0 && (
          <ul className={styles.people}>
            {companions.map(({ id, name }) => (
              <li key={id}>
                <span>{name}</span>
                <form method="post" action={action}>
                  <input type="hidden" name="act" value="remove" />
                  <input type="hidden" name="companion" value={id} />
                  <Button look="quiet">{t('remove', { name })}</Button>
                </form>
              </li>
            ))}
          </ul>
        )}
        {closing(event) <= now() ? null : companions.length < event.companionsMost ? (
          <form method="post" action={action} noValidate className={styles.plain}>
            <input type="hidden" name="act" value="add" />
            {error && <ErrorSummary title={t('companionWrong')} errors={[{ field: 'companion', message: error }]} />}
            <Field id="companion" name="name" label={t('companionName')} hint={t('companionHint')} autoComplete="off" required maxLength={120} defaultValue={typed} error={error} />
            <Buttons><Button look="ghost">{t('add')}</Button></Buttons>
          </form>
        ) : (
          <p className="small">{t('companionsMost', { most: event.companionsMost })}</p>
        )}
      </Stack>
    </Section>
  )
}

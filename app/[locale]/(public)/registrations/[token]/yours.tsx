import { getTranslations } from 'next-intl/server'
import { momentOf, placeWords, today } from '@/app/[locale]/event-words'
import { Button, Buttons } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Details, Facts, Section, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { placesOf } from '@/lib/events/rules'
import type { HeldRegistration as Held } from '@/lib/registrations/queries'
import { sayWhen, typo } from '@/lib/text'
import { Act } from './acts'
import styles from './registration.module.css'

/** When and where, as the person who has this link needs it. */
export async function WhenAndWhere({ held, locale }: { held: Held; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const words = await getTranslations({ locale, namespace: 'event' })
  const { event, place, timeZone } = held
  const isHybrid = placesOf(event.mode).length > 1
  const address = [event.venue?.name, event.venue?.address, event.venue?.city].filter(Boolean)
  const where = place === 'screen' ? [words('place.online')] : address.length > 0 ? address : [placeWords(event, words)]
  return (
    <Section title={t('eventTitle')} id="event" quiet>
      <div className={styles.facts}>
        <Facts
          facts={[
            { term: words('facts.when'), detail: typo(sayWhen(momentOf(event), locale, { today: today(), readerZone: timeZone }), locale) },
            { term: isHybrid ? t('youCome') : words('facts.where'), detail: where.map((line) => <span key={line}>{line}<br /></span>) },
          ]}
        />
      </div>
      <p className={styles.after}><a href={getPathname({ href: { pathname: '/events/[slug]', params: { slug: event.slug } }, locale })}>{t('event')}</a></p>
    </Section>
  )
}

/** In a hybrid event: from the room to the screen, or the other way, under the guard that everybody goes through. */
export async function SwitchPlace({ held, locale, action }: { held: Held; locale: Locale; action: string }) {
  if (placesOf(held.event.mode).length < 2 || (held.status !== 'confirmed' && held.status !== 'waitlisted')) return null
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const other = held.place === 'room' ? 'screen' : 'room'
  return (
    <Section title={t(`placeTitle.${held.place}`)} id="place">
      <Stack close>
        <p>{t(`switchWords.${held.status}`)}</p>
        <Act action={action} name="switch" look="ghost" fields={{ place: other }}>{t(`switch.${other}`)}</Act>
      </Stack>
    </Section>
  )
}

type NameProps = { held: Held; locale: Locale; action: string; typed?: string; error?: string | null }

/** The name as it is welcomed, printed and attested. */
export async function CorrectName({ held, locale, action, typed, error }: NameProps) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  return (
    <Details summary={t('nameTitle')} open={Boolean(error)}>
      <form method="post" action={action} noValidate className={styles.plain}>
        <input type="hidden" name="act" value="name" />
        <Field id="own-name" name="name" label={t('nameLabel')} autoComplete="name" required maxLength={120} defaultValue={typed ?? held.name} error={error} />
        <Buttons><Button look="ghost">{t('nameSave')}</Button></Buttons>
      </form>
    </Details>
  )
}

/** Another address: a letter goes there, and nothing changes before its link is pressed. */
export async function ChangeAddress({ locale, action, typed, error }: Omit<NameProps, 'held'>) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  return (
    <Details summary={t('addressTitle')} open={Boolean(error)}>
      <form method="post" action={action} noValidate className={styles.plain}>
        <input type="hidden" name="act" value="address" />
        <Field name="email" label={t('addressLabel')} hint={t('addressHint')} type="email" inputMode="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required maxLength={254}
          defaultValue={typed} error={error} />
        <Buttons><Button look="ghost">{t('addressSave')}</Button></Buttons>
      </form>
    </Details>
  )
}

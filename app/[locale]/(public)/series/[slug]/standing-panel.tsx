import { getTranslations } from 'next-intl/server'
import { readAnswer } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { ZoneField } from '@/app/[locale]/(public)/events/[slug]/zone-field'
import { currentActor } from '@/app/_session/actor'
import { Button, LinkButton } from '@/app/_ui/button'
import { Field, RadioGroup } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Section, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { FieldRefusal } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { nameUsedBy } from '@/lib/registrations/queries'
import styles from './standing-panel.module.css'

type Props = { slug: string; locale: Locale; /** Are some of its dates in a room and online at once? */ isHybrid: boolean; said?: string }

/** « Inscrivez-moi à tous les Cafés »: two fields and a button, or what became of them. Works without a script. */
export async function StandingPanel({ slug, locale, isHybrid, said }: Props) {
  const t = await getTranslations({ locale, namespace: 'mine' })
  const [answer, actor] = await Promise.all([readAnswer(`series/${slug}`), currentActor()])
  const person = actor.kind === 'person' ? { address: actor.address, name: actor.name ?? (await nameUsedBy(actor.addressFolds)) ?? '' } : null
  const strong = (words: React.ReactNode) => <strong className={styles.address}>{words}</strong>
  if (answer?.status) {
    const begun = answer.status === 'confirmed'
    return (
      <Section title={t('series.title')} id="standing" quiet>
        <Stack close>
          <Notice tone="success" live="status" title={t(begun ? 'series.begunTitle' : 'series.sentTitle')}>
            <p>{t.rich(begun ? 'series.begun' : 'series.sent', { address: answer.email, strong })}</p>
          </Notice>
          {begun && <LinkButton look="ghost" wide href={`${getPathname({ href: '/me', locale })}#standing`}>{t('series.mine')}</LinkButton>}
        </Stack>
      </Section>
    )
  }
  const errors = await sentencesFor(answer, locale)
  const wellSaid = said === 'pending' || said === 'confirmed'
  return (
    <Section title={t('series.title')} id="standing" quiet>
      <p className="small">{t('series.lede')}</p>
      <form method="post" action={pathOf('/series/[slug]/standing', { slug }, locale)} className={styles.form} noValidate>
        {!answer && said && <Notice tone={wellSaid ? 'success' : 'warning'} live="status">{t(wellSaid ? 'series.withoutCookie' : 'series.refusedWithoutCookie')}</Notice>}
        {errors.list.length > 0 && <ErrorSummary title={t('series.toMend')} errors={errors.list} />}
        {person && !errors.byField.email ? (
          <>
            <input type="hidden" name="act" value="me" />
            {person.name && !errors.byField.name ? null : <Field name="name" label={t('series.name')} autoComplete="name" required maxLength={120} defaultValue={answer?.name ?? person.name} error={errors.byField.name} />}
            <p className="small">{t('series.as', { address: person.address })}</p>
          </>
        ) : (
          <>
            <Field name="name" label={t('series.name')} autoComplete="name" required maxLength={120} defaultValue={answer?.name} error={errors.byField.name} />
            <Field name="email" label={t('series.email')} type="email" inputMode="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required maxLength={254} defaultValue={answer?.email} error={errors.byField.email} />
          </>
        )}
        {isHybrid && (
          <RadioGroup name="place" legend={t('series.place')} value={answer?.place ?? 'room'} error={errors.byField.place}
            options={(['room', 'screen'] as const).map((value) => ({ value, label: t(`series.${value}`) }))} />
        )}
        <ZoneField />
        <Button look="ghost" wide>{t('series.submit')}</Button>
        {!person && <p className="small">{t('series.notice')}</p>}
      </form>
    </Section>
  )
}

/** Sentences for what was refused, by field and as a list; a refusal of the whole leads to the form. */
async function sentencesFor(answer: { fields?: FieldRefusal[]; reason?: string } | null, locale: Locale) {
  const t = await getTranslations({ locale })
  const sentence = (...keys: string[]) => t((keys.find((key) => t.has(key as Parameters<typeof t.has>[0])) ?? 'errors.invalid') as 'errors.invalid')
  const fields = (answer?.fields ?? []).map(({ field, reason }) => ({ field, message: sentence(`mine.errors.${field}.${reason}`, `mine.errors.${reason}`, `errors.${reason}`) }))
  const whole = answer?.reason ? [{ field: 'standing', message: sentence(`mine.errors.${answer.reason}`, `errors.${answer.reason}`) }] : []
  return { list: [...whole, ...fields], byField: Object.fromEntries(fields.map(({ field, message }) => [field, message])) as Record<string, string | undefined> }
}

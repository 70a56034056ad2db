import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { readAnswer } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { subscribeHref } from '@/app/[locale]/(public)/feed-links'
import { readChoices } from '@/app/[locale]/(public)/subscribe/choice'
import { currentActor } from '@/app/_session/actor'
import { Button, LinkButton } from '@/app/_ui/button'
import { Field, Select } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Columns, Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { alternates, getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { FieldRefusal } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import styles from './follow.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ follow?: string | string[]; reponse?: string; answer?: string }>
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { locale } = await params
  const t = await getTranslations({ locale, namespace: 'follow' })
  return { title: t('title'), description: t('lede'), alternates: alternates('/follow', locale) }
}

/** To be written to about a theme, a recommendation or a series: what, and to which address. Works without a script. */
export default async function FollowPage({ params, searchParams }: Props) {
  const { locale } = await params
  const { follow, reponse, answer: english } = await searchParams
  const said = english ?? reponse
  const t = await getTranslations({ locale, namespace: 'follow' })
  const [{ chosen, groups }, answer, actor] = await Promise.all([readChoices([follow].flat()[0], '', locale), readAnswer('follow'), currentActor()])
  const choices = groups.filter(({ kind }) => kind !== 'events' && kind !== 'event')
  const isChosen = choices.some((group) => group.choices.includes(chosen))
  const person = actor.kind === 'person' ? actor : null
  const typed = said && answer && !answer.status ? answer : null
  const errors = await sentencesFor(typed, locale)
  return (
    <Page>
      <PageHead title={t('title')}><p>{t('lede')}</p></PageHead>
      <Columns
        aside={
          <Section title={t('ways.title')} id="ways" quiet>
            <ul className={styles.ways}>
              <li>{t('ways.what')}</li>
              <li>{t('ways.often')}</li>
              <li>{t('ways.stop')}</li>
            </ul>
            <p className="small"><a href={isChosen ? subscribeHref(`/feeds/${chosen.follow}`, locale) : getPathname({ href: '/subscribe', locale })}>{t('ways.calendar')}</a></p>
          </Section>
        }
      >
        <Stack>
          {said && answer?.status && <Sent answer={answer} name={isChosen ? chosen.name : null} locale={locale} />}
          {said && !answer && <Notice tone={said === 'pending' || said === 'confirmed' ? 'success' : 'warning'} live="status">{t(said === 'pending' || said === 'confirmed' ? 'withoutCookie' : 'refusedWithoutCookie')}</Notice>}
          <form method="post" action={pathOf('/follow/ask', {}, locale)} className={styles.form} noValidate>
            {errors.list.length > 0 && <ErrorSummary title={t('toMend')} errors={errors.list} />}
            <Select name="follow" label={t('what')} defaultValue={isChosen ? chosen.follow : ''} required error={errors.byField.follow}>
              {!isChosen && <option value="">{t('choose')}</option>}
              {choices.map(({ kind, label, choices: some }) => (
                <optgroup key={kind + label} label={label ? t('kind.inReport', { report: label }) : t(`kind.${kind as 'format'}`)}>
                  {some.map(({ follow: value, name, lang, report }) => <option key={value} value={value} lang={lang}>{report ? `${report.number}. ${name}` : name}</option>)}
                </optgroup>
              ))}
            </Select>
            {person && !errors.byField.email ? (
              <>
                <input type="hidden" name="act" value="me" />
                <p className={styles.address}>{t('as', { address: person.address })}</p>
              </>
            ) : (
              <Field name="email" label={t('email')} type="email" inputMode="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required maxLength={254} defaultValue={typed?.email} error={errors.byField.email} />
            )}
            <div><Button>{t('submit')}</Button></div>
            {!person && <p className="small">{t('notice')}</p>}
          </form>
        </Stack>
      </Columns>
    </Page>
  )
}

async function Sent({ answer, name, locale }: { answer: { email: string; status?: string }; name: string | null; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'follow' })
  const strong = (words: React.ReactNode) => <strong className={styles.address}>{words}</strong>
  if (answer.status === 'confirmed') {
    return (
      <Notice tone="success" live="status" title={name ? t('begunTitle', { name }) : t('begunTitleAny')}>
        <p>{t.rich('begun', { address: answer.email, strong })}</p>
        <p><LinkButton look="ghost" href={`${getPathname({ href: '/me', locale })}#follows`}>{t('mine')}</LinkButton></p>
      </Notice>
    )
  }
  return <Notice tone="success" live="status" title={t('sentTitle')}><p>{t.rich('sent', { address: answer.email, strong })}</p></Notice>
}

/** Sentences for what was refused, by field and as a list; a refusal of the whole leads to the choice. */
async function sentencesFor(answer: { fields?: FieldRefusal[]; reason?: string } | null, locale: Locale) {
  const t = await getTranslations({ locale })
  const sentence = (...keys: string[]) => t((keys.find((key) => t.has(key as Parameters<typeof t.has>[0])) ?? 'errors.invalid') as 'errors.invalid')
  const fields = (answer?.fields ?? []).map(({ field, reason }) => ({ field, message: sentence(`follow.errors.${field}.${reason}`, `follow.errors.${reason}`, `errors.${reason}`) }))
  const whole = answer?.reason ? [{ field: 'follow', message: sentence(`follow.errors.${answer.reason}`, `errors.${answer.reason}`) }] : []
  return { list: [...whole, ...fields], byField: Object.fromEntries(fields.map(({ field, message }) => [field, message])) as Record<string, string | undefined> }
}

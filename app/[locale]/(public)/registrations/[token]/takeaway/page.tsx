import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { type ReactNode } from 'react'
import { Gone, HeldBand, heldBy, metadataOf } from '@/app/[locale]/(public)/registrations/[token]/held'
import { eventHref } from '@/app/[locale]/event-words'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Columns, Details, Page, Section } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { takeawaysOf } from '@/lib/notes/queries'
import { mayPropose } from '@/lib/notes/rules'
import { pathOf } from '@/lib/pathnames'
import type { HeldRegistration as Held } from '@/lib/registrations/queries'
import { WantsNotes } from '@/app/[locale]/(public)/registrations/[token]/wants-notes'
import { SaidBefore } from './said-before'
import { TakeawayForm } from './takeaway-form'
import styles from './takeaway.module.css'

interface Props {
  params: Promise<{ locale: Locale; token: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

const known = ['sent', 'changed', 'taken-back'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, token } = await params
  const t = await getTranslations({ locale, namespace: 'takeaway.page' })
  return metadataOf(token, t('title'))
}

/** What the letter of the day after opens: one sentence about what stays, and what becomes of it. Looking changes nothing. */
export default async function TakeawayPage({ params, searchParams }: Props) {
  const { locale, token } = await params
  const held = await heldBy(token)
  if (!held) notFound()
  const t = await getTranslations({ locale, namespace: 'takeaway.page' })
  if (held === 'gone') return <Gone locale={locale} />

  const asked = (await searchParams).done
  const done = known.find((one) => one === asked)
  return (
    <>
      <HeldBand held={held} locale={locale} />
      <Page>
        <Columns aside={<><Becomes held={held} token={token} locale={locale} /><WantsNotes held={held} token={token} locale={locale} /></>}>
          <div className={styles.main}>
            {done && <Notice tone="success" live="status" title={t(`done.${done}`)} />}
            <Saying held={held} token={token} locale={locale} />
          </div>
        </Columns>
      </Page>
    </>
  )
}

/** The question and its form, what was said before, or why nothing can be said. */
async function Saying({ held, token, locale }: { held: Held; token: string; locale: Locale }) {
  const [t, said] = await Promise.all([getTranslations({ locale, namespace: 'takeaway.page' }), takeawaysOf(held.id)])
  const why = mayPropose(held, now())
  const open = said.filter(({ status }) => status === 'open')
  const own = open.find(({ via }) => via === 'page')
  const form = (before?: typeof own) => (
    <TakeawayForm
      key={before ? before.createdAt.toISOString() : 'new'}
      fields={{ token, locale, ...(before ? { change: 'yes' } : {}) }}
      name={held.name}
      before={before}
      words={{
        text: t('text'), textHint: t('textHint'), signed: t('signed'), signedHint: t('signedHint'), name: t('name'), nameHint: t('nameHint'),
        send: t(before ? 'change' : 'send'), wrong: t('wrong'),
      }}
    />
  )
  return (
    <>
      <div className={styles.question}>
        <h2 className={styles.title}>{t('title')}</h2>
        {!why && said.length === 0 && <p className={styles.lede}>{t('lede')}</p>}
        <p className={styles.whose}>{t('of', { name: held.name, address: held.address })}</p>
        {!why && said.length === 0 && <div className={styles.form}>{form()}</div>}
      </div>
      {why && <EmptyState title={t(`not.${why}.title`)}><p>{t(`not.${why}.text`)}</p></EmptyState>}
      {said.length > 0 && (
        <Section title={t('yours')} id="said">
          <SaidBefore said={said} held={held} token={token} locale={locale} />
          {!why && <Folded summary={t(own ? 'changeTitle' : 'another')}>{form(own)}</Folded>}
        </Section>
      )}
    </>
  )
}

const Folded = ({ summary, children }: { summary: string; children: ReactNode }) => <Details summary={summary}><div className={styles.form}>{children}</div></Details>

async function Becomes({ held: { event }, token, locale }: { held: Held; token: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'takeaway.page' })
  return (
    <Section title={t('becomes')} id="becomes" quiet>
      <ol className={styles.becomes}>
        <li><span>{t('first')}</span></li>
        <li><span>{t(`readers.${event.notesVisibility}`)} {t('unnamed')}</span></li>
        <li><span>{t('until')}</span></li>
      </ol>
      <ul className={styles.ways}>
        <li><a href={pathOf('/registrations/[token]', { token }, locale)}>{t('back')}</a></li>
        <li><a href={eventHref(event.slug, locale)}>{t('event')}</a></li>
      </ul>
    </Section>
  )
}

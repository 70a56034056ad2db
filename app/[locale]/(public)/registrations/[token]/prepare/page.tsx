import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { Gone, HeldBand, heldBy, metadataOf } from '@/app/[locale]/(public)/registrations/[token]/held'
import { otherLanguage } from '@/app/[locale]/event-words'
import { Arrival } from '@/app/_ui/arrival'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Page, Section, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { preparedFor, type PreparedRow } from '@/lib/notes/queries'
import { mayPrepare, mostPrepared } from '@/lib/notes/rules'
import { pathOf } from '@/lib/pathnames'
import type { HeldRegistration as Held } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'
import { propose, vote, withdraw } from './actions'
import styles from './prepare.module.css'

interface Props {
  params: Promise<{ locale: Locale; token: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

const known = ['sent', 'voted', 'unvoted', 'withdrawn'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, token } = await params
  const t = await getTranslations({ locale, namespace: 'prepared.page' })
  return metadataOf(token, t('title'))
}

/** What people with a seat want to have talked about, and their voices for it. Looking changes nothing. */
export default async function PreparePage({ params, searchParams }: Props) {
  const { locale, token } = await params
  const held = await heldBy(token)
  if (!held) notFound()
  const t = await getTranslations({ locale, namespace: 'prepared.page' })
  if (held === 'gone') return <Gone locale={locale} />
  const asked = (await searchParams).done
  const done = known.find((one) => one === asked)
  return (
    <>
      <HeldBand held={held} locale={locale} />
      <Page>
        <div className={styles.page}>
          <Stack>
            {done && <Notice id="done" tone="success" live="status" title={t(`done.${done}`)} />}
            {done && <Arrival id="done" />}
            <Preparing held={held} token={token} locale={locale} />
            <p><a href={pathOf('/registrations/[token]', { token }, locale)}>{t('back')}</a></p>
          </Stack>
        </div>
      </Page>
    </>
  )
}

async function Preparing({ held, token, locale }: { held: Held; token: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'prepared.page' })
  const why = mayPrepare(held, now())
  const questions = why === 'no-seat' ? [] : await preparedFor(held.eventId, held.id)
  const own = questions.filter(({ isOwn }) => isOwn).length
  const fields = { token, locale }
  return (
    <>
      <Section title={t('title')} id="ask">
        {why ? <EmptyState title={t(`not.${why}.title`)}><p>{t(`not.${why}.text`)}</p></EmptyState> : <p>{t('lede')}</p>}
        {!why && own < mostPrepared && (
          <div className={styles.form} key={questions.length}>
            <TextForm act={propose} fields={fields} label={t('send')} wrong={t('wrong')} questions={[{ name: 'text', kind: 'text', rows: 3, max: 280, label: t('text'), hint: t('hint', { left: mostPrepared - own }), required: true }]} />
          </div>
        )}
        {!why && own >= mostPrepared && <p>{t('enough')}</p>}
      </Section>
      {questions.length > 0 && (
        <Section title={t('list')} id="list" beside={t('count', { count: questions.length })}>
          <ol className={styles.list}>
            {questions.map((one) => <Question key={one.id} question={one} fields={fields} isOpen={!why} locale={locale} lang={otherLanguage(held.event.language, locale)} />)}
          </ol>
        </Section>
      )}
    </>
  )
}

async function Question({ question: { id, text, votes, isOwn, isMine, isHidden }, fields, isOpen, locale, lang }: { question: PreparedRow; fields: Record<string, string>; isOpen: boolean; locale: Locale; lang?: string }) {
  const t = await getTranslations({ locale, namespace: 'prepared.page' })
  const words = typo(text, lang === 'en' || (!lang && locale === 'en') ? 'en' : 'fr')
  return (
    <li>
      <p className={styles.votes}>{votes}<small>{t('votes', { count: votes })}</small></p>
      <div>
        <p className={styles.text} lang={lang}>{words}</p>
        {isOwn && <p className={styles.own}>{t(isHidden ? 'ownHidden' : 'own')}</p>}
        <div className={styles.act}>
          {isOwn && <ActForm act={withdraw} fields={{ ...fields, id }} label={t('withdraw')} look="quiet" name={words} />}
          {!isOwn && isOpen && <ActForm act={vote} fields={{ ...fields, id, isFor: isMine ? 'no' : 'yes' }} label={t(isMine ? 'unvote' : 'vote')} look={isMine ? 'quiet' : 'ghost'} name={words} />}
        </div>
      </div>
    </li>
  )
}

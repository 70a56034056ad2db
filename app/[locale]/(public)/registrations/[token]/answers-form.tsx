import { getTranslations } from 'next-intl/server'
import { askedHere } from '@/app/[locale]/(public)/events/[slug]/asked-here'
import { AccessFields, ConsentFields, QuestionFields } from '@/app/[locale]/(public)/events/[slug]/question-fields'
import { type AskedQuestion, type Typed, typedOf } from '@/app/[locale]/(public)/events/[slug]/question-words'
import { refusalsOf } from '@/app/[locale]/(public)/events/[slug]/refusals'
import { readAnswer } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { readAsked } from '@/app/[locale]/(public)/events/[slug]/registration/asked-cookie'
import { sayInstant } from '@/app/[locale]/(public)/instant-words'
import { Button, Buttons } from '@/app/_ui/button'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Facts, Section, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { closing } from '@/lib/events/rules'
import { pathOf } from '@/lib/pathnames'
import { type HeldRegistration as Held, saidBy } from '@/lib/registrations/queries'
import { wallOf } from '@/lib/time'
import { sayDay } from '@/lib/text'
import { keptUnder } from './answers/kept-under'
import styles from './answers-form.module.css'

interface Props {
  held: Held
  locale: Locale
  token: string
  /** What the address says was done: `answers-saved`, `need-closed` … */
  said?: string
}

/** What somebody answered when they registered, to be changed until registering closes; their consents and needs. Nothing where nothing was asked. */
export async function AnswersForm({ held, locale, token, said }: Props) {
  const [asked, own] = await Promise.all([askedHere(held.event, locale), saidBy(held.id)])
  const refused = said && /^(answers|need)-(?!saved$|erased$)/.test(said)
  const kept = refused ? await readAsked(keptUnder(token)) : null
  const errors = await refusalsOf(refused ? await readAnswer(keptUnder(token)) : null, locale, asked.labels)
  const action = pathOf('/registrations/[token]/answers', { token }, locale)
  const all = { held, locale, said, action, asked, own, errors, kept: kept && Object.keys(kept).length > 0 ? kept : null }
  return (
    <>
      <Answers {...all} />
      <Need {...all} />
    </>
  )
}

type All = Pick<Props, 'held' | 'locale' | 'said'> & {
  action: string
  asked: Awaited<ReturnType<typeof askedHere>>
  own: Awaited<ReturnType<typeof saidBy>>
  errors: Awaited<ReturnType<typeof refusalsOf>>
  kept: Typed | null
}

async function Answers({ held, locale, said, action, asked, own, errors, kept }: All) {
  const t = await getTranslations({ locale, namespace: 'questions' })
  const { event } = held
  const isOpen = event.status === 'published' && held.status !== 'cancelled' && closing(event) > now()
  const answers = typedOf(own.answers.map(({ value, question }) => ({ key: question.key, value })))
  const earlier = own.consents.filter(({ request }) => request.retiredAt).map(({ requestId, givenAt, request, locale: was }) => ({
    name: `consents.${requestId}`,
    words: `${was === event.language ? request.wording : (request.wordingTranslation ?? request.wording)} — ${t('consents.earlier', { date: sayDay(wallOf(givenAt, held.timeZone).date, locale) })}`,
  }))
  const consents = held.status === 'cancelled' && own.consents.length === 0 ? [] : [...asked.consents, ...earlier]
  const given = own.consents.map(({ request }) => `consents.${request.retiredAt ? request.id : request.key}`)
  if (asked.questions.length === 0 && consents.length === 0) return null
  const until = sayInstant(closing(event), event.timeZone, locale, held.timeZone)
  return (
    <Section title={t('mine.title')} id="answers">
      <Stack>
        <Told what="answers" said={said} locale={locale} />
        {isOpen ? asked.questions.length > 0 && <p>{t('mine.until', until)}</p> : asked.questions.length > 0 && <ReadOnly asked={asked.questions} answers={answers} none={t('mine.none')} closed={t(held.status === 'cancelled' ? 'mine.withdrawn' : 'mine.closed')} />}
        {(isOpen || consents.length > 0) && (
          <form method="post" action={action} noValidate className={styles.form}>
            <input type="hidden" name="act" value={isOpen && asked.questions.length > 0 ? 'answers' : 'consents'} />
            {said === 'answers-invalid' && <ErrorSummary title={t('mine.toMend')} errors={errors.list} />}
            {isOpen && <QuestionFields asked={asked.questions} typed={said?.startsWith('answers-') && kept ? kept : answers} errors={errors.byField} locale={locale} />}
            <ConsentFields asked={consents} given={said?.startsWith('answers-') && kept ? Object.keys(kept) : given} locale={locale} />
            <Buttons><Button look="ghost">{t(isOpen && asked.questions.length > 0 ? 'mine.save' : 'mine.saveConsents')}</Button></Buttons>
          </form>
        )}
      </Stack>
    </Section>
  )
}

/** Answers that stand: a question that was not asked of this person is not shown. */
function ReadOnly({ asked, answers, none, closed }: { asked: AskedQuestion[]; answers: Typed; none: string; closed: string }) {
  const said = (question: AskedQuestion): { term: string; detail: string }[] => {
    const value = answers[question.name]
    const word = (one: string) => question.options.find(({ key }) => key === one)?.label ?? one
    const own = value === undefined && question.condition ? [] : [{ term: question.label, detail: value === undefined ? none : [value].flat().map(word).join(', ') }]
    return [...own, ...question.followUps.flatMap(said)]
  }
  return (
    <>
      <p>{closed}</p>
      <Facts facts={asked.flatMap(said)} />
    </>
  )
}

async function Need({ held, locale, said, action, own, errors, kept }: All) {
  const { event } = held
  const isAsked = event.asksAccess && event.status === 'published' && held.status !== 'cancelled' && event.startsAt > now()
  // Of a registration that is given back, a need without an answer waits for nothing.
  if (!isAsked && (!own.need || (held.status === 'cancelled' && own.need.state === 'open'))) return null
  const t = await getTranslations({ locale, namespace: 'questions' })
  const told: Typed = own.need ? { 'access.needs': own.need.needs, 'access.words': own.need.words ?? '' } : {}
  return (
    <Section title={t('access.title')} id="need">
      <Stack close>
        <Told what="need" said={said} locale={locale} />
        {own.need && (
          <Notice tone={own.need.state === 'arranged' ? 'success' : 'info'} title={t(`mine.access.state.${own.need.state}`)}>
            {own.need.reply && <p className={styles.words}>{own.need.reply}</p>}
          </Notice>
        )}
        {isAsked && (
          <form method="post" action={action} noValidate className={styles.form}>
            <input type="hidden" name="act" value="access" />
            {said === 'need-invalid' && <ErrorSummary title={t('mine.toMend')} errors={errors.list} />}
            <AccessFields typed={said?.startsWith('need-') && kept ? kept : told} errors={errors.byField} locale={locale} open />
            {own.need && <p className="small">{t('mine.access.takeBack')}</p>}
            <Buttons><Button look="ghost">{t('mine.access.save')}</Button></Buttons>
          </form>
        )}
      </Stack>
    </Section>
  )
}

/** What the last button did here, or why it did not. */
async function Told({ what, said, locale }: { what: 'answers' | 'need'; said?: string; locale: Locale }) {
  if (!said?.startsWith(`${what}-`) || !/^[a-z-]{1,40}$/.test(said)) return null
  const t = await getTranslations({ locale, namespace: 'questions.mine' })
  const did = said.slice(what.length + 1)
  if (did === 'saved') return <Notice tone="success" live="status" title={what === 'need' ? t('access.saved') : t('saved')} />
  if (did === 'erased') return <Notice tone="success" live="status" title={t('access.erased')} />
  const key = `refused.${did}` as 'refused.invalid'
  return t.has(key) ? <Notice tone="warning" live="alert" title={t(key)} /> : null
}

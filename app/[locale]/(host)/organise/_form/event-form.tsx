'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useEffect } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button, Buttons, LinkButton } from '@/app/_ui/button'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Details } from '@/app/_ui/page'
import { sendByHand } from '@/app/_ui/send-by-hand'
import { AskFirst, type Consequences } from './ask-first'
import { NotesReaders, Slug, Translation } from './fields-more'
import { Partners, Programme, Speakers } from './fields-people'
import { Registration } from './fields-registration'
import { Cycles, Recommendations, Themes } from './fields-report'
import { Description, Format, Language, Place, Title, When } from './fields-essential'
import styles from './form.module.css'
import type { FormOptions } from './form-options'
import { LikelyRecommendations } from './likely-recommendations'
import { SaidContext, saidIn, useSaid } from './said'

/** What a text is likely to be about: see lib/coverage. */
export type Proposed = { report: string; number: number; words: string[] }
export type EventFormState = FormState & { asked?: Consequences; likely?: Proposed[] }
export type Propose = (said: { title: string; summary: string; description: string; language: 'fr' | 'en' }) => Promise<Proposed[]>
export type EventAct = (state: EventFormState, form: FormData) => Promise<EventFormState>

/**
 * `kind` says which questions are asked: all of a new event, all of one that exists, or what calendars see of one that
 * is published. `seen` are the values to open with, `event` is the slug of the one that exists.
 */
export function EventForm({ act, propose, kind, seen, options, event, back }: {
  act: EventAct
  /** Where recommendations are asked for: finds those that the text is likely to be about. */
  propose?: Propose
  kind: 'new' | 'edit' | 'change'
  seen: FormState['values']
  options: FormOptions
  event?: { slug: string; published: boolean; inferred: boolean; questions?: string }
  back: string
}) {
  const t = useTranslations('organise.form')
  const [state, send, isSending] = useActionState(act, { ...newForm, values: seen })
  const said = saidIn(state)
  const errors = Object.entries(state.fieldErrors)
    .toSorted(([one], [other]) => rankOf(one) - rankOf(other))
    .map(([field, message]) => ({ field, message: t('errorIn', { field: labelOf(field), message: lower(message) }) }))
  useEffect(() => {
    if (state.likely) document.getElementById('likely')?.focus()
    else if (state.status !== 'new' || state.asked) document.getElementById(state.asked ? 'consequences' : 'errors')?.focus()
  }, [state])

  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate className={styles.form}>
      <input type="hidden" name="locale" value={options.locale} />
      {event && <input type="hidden" name="event" value={event.slug} />}
      {state.asked ? (
        <AskFirst consequences={state.asked} values={state.values} isSending={isSending} />
      ) : (
        <SaidContext value={said}>
          {state.formError && <Notice tone="warning" live="alert" id="errors"><p>{state.formError}</p></Notice>}
          <ErrorSummary title={t('wrong', { count: errors.length })} errors={errors} />
          {kind === 'change' ? <Short options={options} /> : <Whole options={options} kind={kind} event={event} propose={propose} likely={state.likely} />}
          <div className={styles.end}>
            <Buttons>
              <Button aria-disabled={isSending}>{t(`save.${kind === 'edit' && event?.published ? 'published' : kind}`)}</Button>
              {kind === 'new' && <Button name="publish" value="yes" look="ghost" aria-disabled={isSending}>{t('save.publish')}</Button>}
              <LinkButton look="quiet" href={back}>{t('leave')}</LinkButton>
            </Buttons>
            {kind !== 'new' && event?.published && <p className="small muted">{t('save.asksFirst')}</p>}
          </div>
        </SaidContext>
      )}
    </form>
  )

  function labelOf(field: string) {
    const [name, line, part] = field.split('.')
    if (part) return t(`${name}.line`, { number: Number(line) + 1 })
    return t.has(`${name}.label`) ? t(`${name}.label`) : name
  }
}

/** The summary tells the mistakes in the order of the page. */
const order = [
  'title', 'summary', 'description', 'format', 'startDate', 'startHour', 'endHour', 'endDate', 'timeZone', 'mode', 'venue', 'venueName', 'venueAddress', 'venueCity', 'joinUrl', 'capacity', 'screenCapacity', 'offerHours',
  'audience', 'opensDate', 'opensHour', 'closing', 'closesBefore', 'closesDate', 'closesHour', 'companionsMost', 'theme', 'themes', 'recommendations', 'speakers', 'partners', 'programme', 'notesVisibility', 'cycles', 'language',
]
const rankOf = (field: string) => (order.indexOf(field.split('.')[0]) + order.length + 1) % (order.length + 1)

const lower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1)

function Short({ options }: { options: FormOptions }) {
  return (
    <>
      <Title />
      <When options={options} />
      <Place options={options} />
    </>
  )
}

function Whole({ options, kind, event, propose, likely }: { options: FormOptions; kind: 'new' | 'edit'; event?: { inferred: boolean; questions?: string }; propose?: Propose; likely?: Proposed[] }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <>
      <section className={styles.part} aria-labelledby="part-what">
        <h2 id="part-what">{t('parts.what')}</h2>
        <Title />
        <Description />
        <Format options={options} />
      </section>
      <section className={styles.part} aria-labelledby="part-when">
        <h2 id="part-when">{t('parts.when')}</h2>
        <When options={options} />
      </section>
      <section className={styles.part} aria-labelledby="part-where">
        <h2 id="part-where">{t('parts.where')}</h2>
        <Place options={options} />
      </section>
      <section className={styles.part} aria-labelledby="part-registration">
        <h2 id="part-registration">{t('parts.registration')}</h2>
        <Registration questions={event?.questions} />
      </section>
      <section className={styles.part} aria-labelledby="part-report">
        <h2 id="part-report">{t('parts.report')}</h2>
        <Themes options={options} />
        {propose && <LikelyRecommendations options={options} propose={propose} found={likely} />}
        <Recommendations options={options} inferred={event?.inferred ?? false} />
      </section>
      <section className={styles.part} aria-labelledby="part-more">
        <h2 id="part-more">{t('parts.more')}</h2>
        <p className="muted">{t('parts.moreHint')}</p>
        <Details summary={t('parts.people')} open={said.has('speakers.0.name') || said.wrong('speakers')}><Speakers options={options} /></Details>
        <Details summary={t('parts.partners')} open={said.has('partners.0.name') || said.wrong('partners')}><Partners options={options} /></Details>
        <Details summary={t('parts.programme')} open={said.has('programme.0.title') || said.wrong('programme')}><Programme /></Details>
        <Details summary={t('parts.notes')} open={said.text('notesVisibility') !== 'all' || said.wrong('notesVisibility')}><NotesReaders /></Details>
        <Details summary={t('parts.cycles')} open={said.has('cycles') || said.wrong('cycles')}><Cycles options={options} /></Details>
        <Details summary={t('parts.language')} open={said.has('translationTitle') || said.wrong('language', 'translationTitle', 'translationSummary', 'translationDescription')}>
          <Language />
          <Translation />
        </Details>
        <Details summary={t('parts.address')} open={said.wrong('slug')}><Slug kind={kind} /></Details>
      </section>
    </>
  )
}

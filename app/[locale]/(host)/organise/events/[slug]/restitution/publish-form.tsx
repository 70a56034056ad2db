'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Checkbox, Field, RadioGroup, TextArea } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { publishEdition, withdraw } from './actions'
import styles from './restitution-room.module.css'

/** The last look before an edition leaves: who signs it, under which licence, for whom, what it changes, and who is told. */
export function PublishForm({ slug, locale, revision, after, authors, licence, visibility, tells, asking }: {
  slug: string
  locale: string
  revision: number
  /** The newest edition so far, 0 for none. */
  after: number
  authors: string
  licence: string
  visibility: string
  tells: boolean
  asking: number
}) {
  const t = useTranslations('restitution.publish')
  const [state, send, isSending] = useActionState(publishEdition, newForm)
  const typed = (name: string) => (typeof state.values[name] === 'string' ? state.values[name] : undefined)
  const errors = Object.entries(state.fieldErrors).map(([field, message]) => ({ field: field.startsWith('p-') ? 'review' : field, message }))
  return (
    <form action={send} noValidate className={styles.publish} id="publish">
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {!state.formError && <ErrorSummary title={t('wrong')} errors={errors} />}
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="revision" value={revision} />
      <input type="hidden" name="after" value={after} />
      <Field name="authors" label={t('authors')} hint={t('authorsHint')} error={state.fieldErrors.authors} defaultValue={typed('authors') ?? authors} required maxLength={300} />
      {after > 0 && <TextArea name="changes" label={t('changes')} hint={t('changesHint')} optional={t('optional')} error={state.fieldErrors.changes} defaultValue={typed('changes')} maxLength={1000} rows={3} />}
      <RadioGroup
        name="licence"
        legend={t('licence')}
        value={typed('licence') ?? licence}
        error={state.fieldErrors.licence}
        options={(['CC-BY-SA-4.0', 'CC-BY-4.0', 'all-rights-reserved'] as const).map((value) => ({ value, label: t(`licences.${value.replaceAll('.', '_')}.name`), hint: t(`licences.${value.replaceAll('.', '_')}.hint`) }))}
      />
      <RadioGroup
        name="visibility"
        legend={t('visibility')}
        value={typed('visibility') ?? visibility}
        error={state.fieldErrors.visibility}
        options={(['all', 'registered', 'organisers'] as const).map((value) => ({ value, label: t(`visibilities.${value}.name`), hint: t(`visibilities.${value}.hint`) }))}
      />
      <Checkbox name="told" label={t('tell')} hint={t('tellHint', { count: asking })} defaultChecked={state.status === 'new' ? tells : typed('told') === 'on'} />
      <p><Button aria-disabled={isSending}>{t('publish', { number: after + 1 })}</Button></p>
    </form>
  )
}

/** `before` is the edition that one would read then; 0 where there is none. */
export function WithdrawForm({ slug, locale, number, before }: { slug: string; locale: string; number: number; before: number }) {
  const t = useTranslations('restitution.editions')
  const [state, send, isSending] = useActionState(withdraw, newForm)
  const id = `why-${number}`
  return (
    <form action={send} noValidate className={styles.withdraw}>
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {!state.formError && <ErrorSummary title={t('wrong')} errors={Object.values(state.fieldErrors).map((message) => ({ field: id, message }))} id={`errors-${number}`} />}
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="number" value={number} />
      <Field id={id} name="why" label={t('whyLabel')} hint={t('whyHint')} error={state.fieldErrors.why} defaultValue={typeof state.values.why === 'string' ? state.values.why : undefined} maxLength={300} />
      <p>{t('then', { before })}</p>
      <p><Button look="danger" aria-disabled={isSending}>{t('withdraw')}<span className="visually-hidden"> {t('edition', { number })}</span></Button></p>
    </form>
  )
}

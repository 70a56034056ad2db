'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Field, RadioGroup } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { publishEdition, withdraw } from './actions'
import styles from './notes.module.css'

/** The last look before an edition leaves: who signs it, under which licence, and for whom. */
export function PublishForm({ slug, locale, revision, next, authors, licence, visibility }: {
  slug: string
  locale: string
  revision: number
  next: number
  authors: string
  licence: string
  visibility: string
}) {
  const t = useTranslations('notes.publish')
  const [state, send, isSending] = useActionState(publishEdition, newForm)
  const typed = (name: string) => (typeof state.values[name] === 'string' ? state.values[name] : undefined)
  const errors = Object.entries(state.fieldErrors).map(([field, message]) => ({ field: field.startsWith('p-') ? 'publish' : field, message }))
  return (
    <form action={send} noValidate className={styles.publish} id="publish">
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {!state.formError && <ErrorSummary title={t('wrong')} errors={errors} />}
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="revision" value={revision} />
      <Field name="authors" label={t('authors')} hint={t('authorsHint')} error={state.fieldErrors.authors} defaultValue={typed('authors') ?? authors} required maxLength={300} />
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
      <p><Button aria-disabled={isSending}>{t('publish', { number: next })}</Button></p>
    </form>
  )
}

export function WithdrawForm({ slug, locale, number }: { slug: string; locale: string; number: number }) {
  const t = useTranslations('notes.publish')
  const [state, send, isSending] = useActionState(withdraw, newForm)
  return (
    <form action={send}>
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="number" value={number} />
      <Button look="quiet" aria-disabled={isSending}>{t('withdraw')}<span className="visually-hidden"> {t('edition', { number })}</span></Button>
    </form>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { TextArea } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import { Details, Stack } from '@/app/_ui/page'
import { saveText } from './actions'

/** The notes as Markdown: works without a script, and with any assistive technology that knows a text field. */
export function TextForm({ slug, locale, language, markdown, revision, keys }: { slug: string; locale: string; language: string; markdown: string; revision: number; keys: { key: string; name: string }[] }) {
  const t = useTranslations('notes.text')
  const [state, send, isSending] = useActionState(saveText, newForm)
  const typed = (name: string) => (typeof state.values[name] === 'string' ? state.values[name] : undefined)
  const error = state.fieldErrors.markdown
  return (
    <form action={send} noValidate>
      <Stack>
        {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
        {error && <ErrorSummary title={t('wrong')} errors={[{ field: 'markdown', message: error }]} />}
        <input type="hidden" name="slug" value={slug} />
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="revision" value={typed('revision') ?? revision} />
        <input type="hidden" name="base" value={typed('base') ?? markdown} />
        <TextArea name="markdown" label={t('label')} hint={t('hint')} error={error} lang={language} rows={24} defaultValue={typed('markdown') ?? markdown} spellCheck />
        <Details summary={t('keys')}>
          <ul>{keys.map(({ key, name }) => <li key={key}><code>{`{#${key}}`}</code> {name}</li>)}</ul>
        </Details>
        <p><Button aria-disabled={isSending}>{t('save')}</Button></p>
      </Stack>
    </form>
  )
}

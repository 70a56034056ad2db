'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useEffect, useRef } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Field, RadioGroup, TextArea } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { Facts, Section, Stack } from '@/app/_ui/page'
import styles from '@/app/[locale]/(host)/organise/_form/list-form.module.css'
import { bringIn, look, type Looked } from './actions'

const nothing: Looked = { preview: null, reason: null, text: '' }

/** A text or a file, then what of it would come in, then where it shall stand. Two forms, and both work without a script. */
export function ImportForm({ slug, locale, language }: { slug: string; locale: string; language: string }) {
  const t = useTranslations('imports')
  const [looked, send, isSending] = useActionState(look, nothing)
  const heading = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (looked.preview) heading.current?.focus()
  }, [looked])
  return (
    <Stack>
      <form action={send}>
        <Stack>
          {looked.reason && <Notice tone="warning" live="alert" title={t('wrong')}><p>{t(`errors.${looked.reason}` as 'errors.required')}</p></Notice>}
          <TextArea name="text" label={t('paste')} hint={t('pasteHint')} rows={10} defaultValue={looked.text} key={looked.text} lang={language} />
          <Field name="file" type="file" accept=".md,.markdown,.txt,.html,.htm,text/markdown,text/html,text/plain" label={t('file')} hint={t('fileHint')} className={styles.file} />
          <p><Button look={looked.preview ? 'ghost' : 'accent'} aria-disabled={isSending}>{t('look')}</Button></p>
        </Stack>
      </form>
      {looked.preview && <div ref={heading} tabIndex={-1}><Previewed preview={looked.preview} slug={slug} locale={locale} language={language} /></div>}
    </Stack>
  )
}

function Previewed({ preview: { markdown, headings, dropped, ...counts }, slug, locale, language }: { preview: NonNullable<Looked['preview']>; slug: string; locale: string; language: string }) {
  const t = useTranslations('imports')
  const [state, send, isSending] = useActionState(bringIn, newForm)
  const left = (['pictures', 'embedded', 'scripts', 'links'] as const).filter((one) => dropped[one] > 0)
  const typed = (name: string) => (typeof state.values[name] === 'string' ? state.values[name] : undefined)
  return (
    <Section id="preview" title={t('preview')}>
      <Facts
        facts={[
          ...(['paragraphs', 'passages', 'tasks', 'tables'] as const).map((one) => ({ term: t(`counts.${one}`), detail: counts[one] })),
          { term: t('counts.headings'), detail: headings.length === 0 ? 0 : <ol lang={language}>{headings.map(({ text }, place) => <li key={place}>{text}</li>)}</ol> },
          { term: t('dropped'), detail: left.length === 0 ? t('left.none') : left.map((one) => t(`left.${one}`, { count: dropped[one] })).join(', ') },
        ]}
      />
      <form action={send}>
        <Stack>
          {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
          <input type="hidden" name="slug" value={slug} />
          <input type="hidden" name="locale" value={locale} />
          <TextArea name="markdown" label={t('markdown')} hint={t('markdownHint')} rows={16} defaultValue={typed('markdown') ?? markdown} key={markdown.length} error={state.fieldErrors.markdown} lang={language} />
          <RadioGroup name="how" legend={t('how')} value={typed('how') ?? 'append'} options={[{ value: 'append', label: t('append') }, { value: 'replace', label: t('replace'), hint: t('replaceHint') }]} />
          <p><Button aria-disabled={isSending}>{t('bring')}</Button></p>
        </Stack>
      </form>
    </Section>
  )
}

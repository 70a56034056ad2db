import { getTranslations } from 'next-intl/server'
import { Button, type ButtonLook } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { ErrorSummary, Notice } from '@/app/_ui/notice'
import type { Locale } from '@/i18n/routing'
import { fileKinds } from '@/lib/file-kinds'
import styles from './upload-form.module.css'

interface Props {
  /** The door that takes it, without the language. */
  to: string
  locale: Locale
  /** Why the last one was refused, and the title that was typed for it, as the address says. */
  refused?: string
  title?: string
  look?: ButtonLook
}

/** One file and its title, sent without a script to a door that leads back here. */
export async function UploadForm({ to, locale, refused, title, look }: Props) {
  const t = await getTranslations({ locale, namespace: 'resources' })
  const said = refused && /^[a-z-]+(\.[a-z-]+)?$/.test(refused) && t.has(`errors.${refused}`) ? t(`errors.${refused}`) : refused ? t('errors.cut') : null
  const field = refused?.startsWith('title.') ? 'upload-title' : 'upload-file'
  const isOfField = refused === 'no-file' || refused?.startsWith('title.')
  return (
    <form action={`${to}?lang=${locale}`} method="post" encType="multipart/form-data" className={styles.form}>
      {said && isOfField && <ErrorSummary title={t('room.wrong')} errors={[{ field, message: said }]} />}
      {said && !isOfField && <Notice id="errors" tone="warning" live="alert"><p>{said}</p></Notice>}
      <Field name="title" id="upload-title" label={t('upload.title')} hint={t('upload.titleHint')} optional={t('upload.optional')} maxLength={200} autoComplete="off" defaultValue={title} error={field === 'upload-title' ? said : null} />
      <Field name="file" id="upload-file" type="file" label={t('upload.file')} hint={t('upload.hint')} required accept={Object.values(fileKinds).flatMap(({ type, ending }) => [type, `.${ending}`]).join(',')} className={styles.file} error={refused === 'no-file' ? said : null} />
      <p><Button look={look}>{t('upload.send')}</Button></p>
    </form>
  )
}

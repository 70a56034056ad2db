'use client'

import type { Editor } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button, Buttons } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { linkAddress } from './link-address'
import styles from './writing.module.css'

/** The address behind the selected words. Escape goes back to the text. */
export function LinkPanel({ editor, close }: { editor: Editor; close: () => void }) {
  const t = useTranslations('writing.link')
  const current = editor.getAttributes('link').href
  const [isWrong, setWrong] = useState(false)
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const href = linkAddress(String(new FormData(event.currentTarget).get('link-address') ?? ''))
    setWrong(!href)
    if (!href) return
    // At once, and not in the next frame: keys pressed before it would be nobody's.
    editor.view.focus()
    const chain = editor.chain().extendMarkRange('link')
    // Nothing selected: the address itself becomes the words.
    if (editor.state.selection.empty && !editor.isActive('link')) chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }).run()
    else chain.setLink({ href }).run()
    close()
  }
  const remove = () => {
    editor.view.focus()
    editor.chain().extendMarkRange('link').unsetLink().run()
    close()
  }
  return (
    <form className={styles.panel} onSubmit={apply} noValidate aria-label={t('label')} onKeyDown={(event) => event.key === 'Escape' && (editor.view.focus(), close())}>
      <Field name="link-address" type="url" label={t('address')} hint={t('hint')} error={isWrong ? t('wrong') : null} defaultValue={typeof current === 'string' ? current : ''} autoFocus autoComplete="url" inputMode="url" />
      <Buttons>
        <Button>{t('apply')}</Button>
        {typeof current === 'string' && <Button type="button" look="ghost" onClick={remove}>{t('remove')}</Button>}
        <Button type="button" look="quiet" onClick={() => (editor.view.focus(), close())}>{t('cancel')}</Button>
      </Buttons>
    </form>
  )
}

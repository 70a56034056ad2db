'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { RadioGroup } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { Details, Stack } from '@/app/_ui/page'
import { sayWhoWrites } from './actions'
import styles from './notes.module.css'

/** The organisers alone, or everybody who has a seat: said in a line, changed behind it. */
export function WhoWrites({ event, locale, writers, isOff }: { event: string; locale: string; writers: 'organisers' | 'registered'; isOff: boolean }) {
  const t = useTranslations('writing.who')
  const [state, send, isSending] = useActionState(sayWhoWrites, newForm)
  return (
    <div className={styles.who}>
      <Details summary={<>{t('title')} <span className="muted">{t('now', { who: writers })}</span></>}>
        <form action={send}>
          <Stack>
            {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
            <input type="hidden" name="event" value={event} />
            <input type="hidden" name="locale" value={locale} />
            <RadioGroup name="writers" legend={t('legend')} value={writers} options={(['organisers', 'registered'] as const).map((value) => ({ value, label: t(`${value}.name`), hint: t(`${value}.hint`) }))} />
            <p><Button look="ghost" aria-disabled={isSending || isOff}>{t('save')}</Button></p>
          </Stack>
        </form>
      </Details>
    </div>
  )
}

'use client'

import { useActionState } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { takeBack } from './actions'

/** Withdraws one sentence that nobody has decided about. */
export function TakeBack({ fields, label, which }: { fields: Record<string, string>; label: string; which: string }) {
  const [state, send, isSending] = useActionState(takeBack, newForm)
  return (
    <form action={send}>
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      {Object.entries(fields).map(([field, value]) => <input key={field} type="hidden" name={field} value={value} />)}
      <Button look="quiet" aria-disabled={isSending}>{label}<span className="visually-hidden"> {which}</span></Button>
    </form>
  )
}

import { type FormEvent, startTransition } from 'react'

/**
 * For a form's onSubmit: sends it by hand, because React empties a form that it sends itself, and what was typed and chosen
 * shall stay in its fields. Pressed again while it is on its way, it sends nothing.
 */
export const sendByHand = (send: (form: FormData) => void, isSending: boolean) => (event: FormEvent<HTMLFormElement>) => {
  event.preventDefault()
  if (isSending) return
  const form = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter)
  startTransition(() => send(form))
}

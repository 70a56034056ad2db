'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { newForm } from '@/app/_session/form-state'
import { Button } from '@/app/_ui/button'
import { Checkbox, CheckboxGroup } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { entrust } from './actions'
import styles from './questions.module.css'

/** Are access needs asked for, and who reads them: people of the team, by name. */
export function KeepersForm({ event, locale, people, named, mayName }: {
  event: { slug: string; asksAccess: boolean }
  locale: string
  people: { name: string | null; address: string; isAdmin: boolean }[]
  named: string[]
  mayName: boolean
}) {
  const t = useTranslations('asking.keepers')
  const [state, send, isSending] = useActionState(entrust, { ...newForm, values: { asksAccess: event.asksAccess ? 'on' : '', 'keepers[]': named } })
  const chosen = [state.values['keepers[]'] ?? []].flat()
  const wrong = Object.values(state.fieldErrors)
  const nameOf = ({ name, address }: { name: string | null; address: string }) => name ?? address
  if (!mayName) {
    const who = people.filter(({ address }) => named.includes(address)).map(nameOf)
    return (
      <div className={styles.keepers}>
        <p>{t(event.asksAccess ? 'asked' : 'notAsked')}</p>
        <p>{who.length > 0 ? t('readBy', { who: who.join(', ') }) : t('readByAdmins')}</p>
        <p className="small muted">{t('notYours')}</p>
      </div>
    )
  }
  return (
    <form action={send} className={styles.keepers} key={state.status === 'refused' ? 'again' : 'first'}>
      {state.formError && <Notice tone="warning" live="alert"><p>{state.formError}</p></Notice>}
      <input type="hidden" name="event" value={event.slug} />
      <input type="hidden" name="locale" value={locale} />
      <p className="small muted">{t('hint')}</p>
      <Checkbox name="asksAccess" label={t('asks')} defaultChecked={state.values.asksAccess === 'on'} />
      <CheckboxGroup name="keepers[]" id="keepers" legend={t('who')} hint={t('whoHint')} error={wrong[0]} values={chosen}
        options={people.map((person) => ({ value: person.address, label: nameOf(person), hint: person.name ? person.address : undefined }))} />
      <Button look="ghost" aria-disabled={isSending}>{t('save')}</Button>
    </form>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Field, Select } from '@/app/_ui/field'
import styles from './form.module.css'
import type { FormOptions } from './form-options'
import { useSaid } from './said'
import { useAlive } from './use-alive'

/** A name that is known already picks that person; another is a new one. */
export function Speakers({ options }: { options: FormOptions }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  const known = useId()
  return (
    <>
      <p className="muted">{t('speakers.hint')}</p>
      <datalist id={known}>{options.speakers.map(({ name, organisation }) => <option key={name} value={name}>{organisation}</option>)}</datalist>
      <Lines name="speakers" most={50}>
        {(at) => (
          <>
            <Field name={`${at}.name`} label={t('speakers.name')} list={known} error={said.error(`${at}.name`)} defaultValue={said.text(`${at}.name`)} maxLength={120} autoComplete="off" />
            <Field name={`${at}.role`} label={t('speakers.role')} optional={t('speakers.ifNew')} error={said.error(`${at}.role`)} defaultValue={said.text(`${at}.role`)} maxLength={200} autoComplete="off" />
            <Field name={`${at}.organisation`} label={t('speakers.organisation')} optional={t('speakers.ifNew')} error={said.error(`${at}.organisation`)} defaultValue={said.text(`${at}.organisation`)} maxLength={160} autoComplete="off" />
          </>
        )}
      </Lines>
    </>
  )
}

export function Partners({ options }: { options: FormOptions }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  const known = useId()
  const roles = (['co-organiser', 'venue', 'funder'] as const).map((value) => ({ value, label: t(`partners.roles.${value}`) }))
  return (
    <>
      <p className="muted">{t('partners.hint')}</p>
      <datalist id={known}>{options.partners.map((name) => <option key={name} value={name} />)}</datalist>
      <Lines name="partners" most={30}>
        {(at) => (
          <>
            <Field name={`${at}.name`} label={t('partners.name')} list={known} error={said.error(`${at}.name`)} defaultValue={said.text(`${at}.name`)} maxLength={160} autoComplete="off" />
            <Field name={`${at}.url`} type="url" label={t('partners.url')} optional={t('optional')} error={said.error(`${at}.url`)} defaultValue={said.text(`${at}.url`)} maxLength={1000} autoComplete="off" />
            <Select name={`${at}.role`} label={t('partners.role')} options={roles} error={said.error(`${at}.role`)} defaultValue={said.text(`${at}.role`) || 'co-organiser'} />
          </>
        )}
      </Lines>
    </>
  )
}

export function Programme() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <>
      <p className="muted">{t('programme.hint')}</p>
      <Lines name="programme" most={60} shape="timed">
        {(at) => (
          <>
            <Field name={`${at}.time`} type="time" label={t('programme.time')} error={said.error(`${at}.time`)} defaultValue={said.text(`${at}.time`)} autoComplete="off" />
            <Field name={`${at}.title`} label={t('programme.what')} error={said.error(`${at}.title`)} defaultValue={said.text(`${at}.title`)} maxLength={200} autoComplete="off" />
          </>
        )}
      </Lines>
    </>
  )
}

/** Two empty lines more than are filled in; with script, as many as one likes. Empty lines count for nothing. */
function Lines({ name, most, shape, children }: { name: 'speakers' | 'partners' | 'programme'; most: number; shape?: 'timed'; children: (at: string) => ReactNode }) {
  const t = useTranslations('organise.form')
  const [added, add] = useState(0)
  const isAlive = useAlive()
  const count = Math.min(most, useSaid().lines(name) + 2 + added)
  return (
    <>
      <ol className={styles.lines}>
        {Array.from({ length: count }, (_, place) => (
          <li key={place}>
            <fieldset className={shape ? styles.timed : styles.line}>
              <legend className="visually-hidden">{t(`${name}.line`, { number: place + 1 })}</legend>
              {children(`${name}.${place}`)}
            </fieldset>
          </li>
        ))}
      </ol>
      {isAlive && count < most && <p className={styles.add}><Button type="button" look="quiet" onClick={() => add(added + 1)}>{t(`${name}.add`)}</Button></p>}
    </>
  )
}

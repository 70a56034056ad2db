'use client'

import { useTranslations } from 'next-intl'
import { Field, RadioGroup, Select, TextArea } from '@/app/_ui/field'
import { Details } from '@/app/_ui/page'
import styles from './form.module.css'
import type { FormOptions } from './form-options'
import { useSaid } from './said'

export function Title() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return <Field name="title" label={t('title.label')} hint={t('title.hint')} error={said.error('title')} defaultValue={said.text('title')} maxLength={140} required autoComplete="off" />
}

export function Description() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  const facts = (name: string) => ({ name, label: t(`${name}.label`), hint: t(`${name}.hint`), optional: t('optional'), error: said.error(name), defaultValue: said.text(name) })
  return (
    <>
      <TextArea {...facts('summary')} rows={2} maxLength={400} />
      <TextArea {...facts('description')} rows={6} maxLength={8000} />
    </>
  )
}

export function Format({ options }: { options: FormOptions }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <Select name="format" label={t('format.label')} hint={t('format.hint')} optional={t('optional')} error={said.error('format')} defaultValue={said.text('format')}
      options={[{ value: '', label: t('format.none') }, ...options.formats]} />
  )
}

/** Dates and hours on the wall of the event's place. */
export function When({ options }: { options: FormOptions }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  const facts = (name: string) => ({ name, label: t(`${name}.label`), error: said.error(name), defaultValue: said.text(name), autoComplete: 'off' })
  return (
    <>
      <div className={styles.row}>
        <Field {...facts('startDate')} type="date" required hint={t('startDate.hint')} />
        <Field {...facts('startHour')} type="time" hint={t('startHour.hint')} />
        <Field {...facts('endHour')} type="time" hint={t('endHour.hint')} />
      </div>
      <Details summary={t('otherDay')} open={said.text('endDate') !== '' || said.text('timeZone') !== options.zones.house || said.wrong('endDate', 'timeZone')}>
        <div className={styles.row}>
          <Field {...facts('endDate')} type="date" hint={t('endDate.hint')} />
          <Select name="timeZone" label={t('timeZone.label')} hint={t('timeZone.hint')} error={said.error('timeZone')} defaultValue={said.text('timeZone')}>
            <optgroup label={t('timeZone.near')}>{options.zones.near.map(toOption)}</optgroup>
            <optgroup label={t('timeZone.all')}>{options.zones.all.map(toOption)}</optgroup>
          </Select>
        </div>
      </Details>
    </>
  )
}

/** What the mode makes meaningless is not shown: by style alone, so that it needs no script. */
export function Place({ options }: { options: FormOptions }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <>
      <RadioGroup name="mode" legend={t('mode.label')} error={said.error('mode')} value={said.text('mode')} required
        options={(['online', 'in-person', 'hybrid'] as const).map((value) => ({ value, label: t(`mode.${value}`) }))} />
      <div className={styles.inRoom}>
        <Select name="venue" label={t('venue.label')} hint={t('venue.hint')} optional={t('optional')} error={said.error('venue')} defaultValue={said.text('venue')}
          options={[{ value: '', label: t('venue.none') }, ...options.venues]} />
        <Details summary={t('venueName.add')} open={said.has('venueName') || said.wrong('venueName', 'venueAddress', 'venueCity')}>
          <Field name="venueName" label={t('venueName.label')} error={said.error('venueName')} defaultValue={said.text('venueName')} maxLength={160} autoComplete="off" />
          <div className={styles.row}>
            <Field name="venueAddress" label={t('venueAddress.label')} optional={t('optional')} error={said.error('venueAddress')} defaultValue={said.text('venueAddress')} maxLength={240} autoComplete="off" />
            <Field name="venueCity" label={t('venueCity.label')} optional={t('optional')} error={said.error('venueCity')} defaultValue={said.text('venueCity')} maxLength={120} autoComplete="off" />
          </div>
        </Details>
      </div>
      <div className={styles.onScreen}>
        <Field name="joinUrl" type="url" inputMode="url" label={t('joinUrl.label')} hint={t('joinUrl.hint')} optional={t('optional')} error={said.error('joinUrl')} defaultValue={said.text('joinUrl')} maxLength={1000} autoComplete="off" />
      </div>
    </>
  )
}

/** The language that the event is written in. */
export function Language() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <RadioGroup name="language" legend={t('language.label')} error={said.error('language')} value={said.text('language')}
      options={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]} />
  )
}

const toOption = ({ value, label }: { value: string; label: string }) => <option key={value} value={value}>{label}</option>

'use client'

import { useTranslations } from 'next-intl'
import { Checkbox, Field, RadioGroup } from '@/app/_ui/field'
import { Details } from '@/app/_ui/page'
import styles from './form.module.css'
import { type Said, useSaid } from './said'

/** How one comes to a seat: what every event says first, what few events need folded away. */
export function Registration({ questions }: { questions?: string }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <>
      <Seats />
      <div className={styles.folds}>
        <Details summary={t('parts.audience')} open={isOpen(said, 'audience', 'open') || said.wrong('audience')}><Audience /></Details>
        <Details summary={t('parts.dates')} open={isOpen(said, 'opening', 'published') || isOpen(said, 'closing', 'start') || said.wrong('opensDate', 'opensHour', 'closing', 'closesDate', 'closesHour', 'closesBefore')}>
          <div className={styles.dates}>
            <Opening />
            <Closing />
          </div>
        </Details>
        <Details summary={t('parts.checks')} open={said.has('provesAddress', 'approves')}><Checks /></Details>
        <Details summary={t('parts.companions')} open={said.text('companionsMost') !== '5' || said.has('asksAccess') || said.wrong('companionsMost')}><Companions /></Details>
      </div>
      <p className={styles.elsewhere}>{questions ? <a href={questions}>{t('questions.link')}</a> : t('questions.later')}</p>
    </>
  )
}

const isOpen = (said: Said, name: string, usual: string) => said.has(name) && said.text(name) !== usual

function Seats() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  const facts = (name: string) => ({ name, label: t(`${name}.label`), hint: t(`${name}.hint`), error: said.error(name), defaultValue: said.text(name), inputMode: 'numeric' as const, autoComplete: 'off', maxLength: 7 })
  return (
    <>
      <div className={styles.row}>
        <Field {...facts('capacity')} />
        <div className={styles.onlyHybrid}><Field {...facts('screenCapacity')} /></div>
      </div>
      <Checkbox name="waitlist" label={t('waitlist.label')} hint={t('waitlist.hint')} defaultChecked={said.text('waitlist') !== ''} error={said.error('waitlist')} />
      <div className={styles.ifWaitlist}>
        <RadioGroup name="freed" legend={t('freed.label')} value={said.text('freed') || 'at-once'}
          options={(['at-once', 'offered'] as const).map((value) => ({ value, label: t(`freed.${value}`), hint: t(`freed.${value}Hint`) }))} />
        <div className={styles.ifOffered}>
          <Field {...facts('offerHours')} maxLength={3} className={styles.short} />
        </div>
      </div>
    </>
  )
}

/** Who may register; who may read the notes is asked apart. */
function Audience() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <RadioGroup name="audience" legend={<span className="visually-hidden">{t('audience.label')}</span>} error={said.error('audience')} value={said.text('audience')} required
      options={(['open', 'members', 'invited'] as const).map((value) => ({ value, label: t(`audience.${value}`), hint: t(`audience.${value}Hint`) }))} />
  )
}

function Opening() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <div>
      <RadioGroup name="opening" legend={t('opening.label')} error={said.error('opening')} value={said.text('opening') || 'published'}
        options={(['published', 'date'] as const).map((value) => ({ value, label: t(`opening.${value}`) }))} />
      <div className={styles.ifOpensOn}><Day name="opens" /></div>
    </div>
  )
}

function Closing() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <div>
      <RadioGroup name="closing" legend={t('closing.label')} hint={t('closing.hint')} error={said.error('closing')} value={said.text('closing')}
        options={(['start', 'before', 'date'] as const).map((value) => ({ value, label: t(`closing.${value}`) }))} />
      <div className={styles.ifBefore}>
        <Field name="closesBefore" label={t('closesBefore.label')} hint={t('closesBefore.hint')} error={said.error('closesBefore')} defaultValue={said.text('closesBefore')} autoComplete="off" inputMode="numeric" maxLength={6} className={styles.short} />
      </div>
      <div className={styles.ifDate}><Day name="closes" /></div>
    </div>
  )
}

function Day({ name }: { name: 'opens' | 'closes' }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  const facts = (field: string) => ({ name: field, label: t(`${field}.label`), error: said.error(field), defaultValue: said.text(field), autoComplete: 'off' })
  return (
    <div className={styles.row}>
      <Field {...facts(`${name}Date`)} type="date" />
      <Field {...facts(`${name}Hour`)} type="time" hint={t(`${name}Hour.hint`)} />
    </div>
  )
}

function Checks() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (['provesAddress', 'approves'] as const).map((name) => (
    <Checkbox key={name} name={name} label={t(`${name}.label`)} hint={t(`${name}.hint`)} defaultChecked={said.text(name) !== ''} error={said.error(name)} />
  ))
}

function Companions() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <>
      <Field name="companionsMost" label={t('companionsMost.label')} hint={t('companionsMost.hint')} error={said.error('companionsMost')} defaultValue={said.text('companionsMost')} inputMode="numeric" autoComplete="off" maxLength={2} className={styles.short} />
      <Checkbox name="asksAccess" label={t('asksAccess.label')} hint={t('asksAccess.hint')} defaultChecked={said.text('asksAccess') !== ''} error={said.error('asksAccess')} />
    </>
  )
}

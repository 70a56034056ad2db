'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { fits, siftWords } from '@/app/[locale]/(host)/organise/sift'
import { Checkbox, CheckboxGroup, RadioGroup, Tick } from '@/app/_ui/field'
import { Details } from '@/app/_ui/page'
import { ThemeChip } from '@/app/_ui/theme-chip'
import styles from './form.module.css'
import type { FormOptions, PickedReport } from './form-options'
import { useSaid } from './said'
import { useAlive } from './use-alive'

/**
 * The first theme gives the event its colour everywhere; the others stand behind it. Those with a pigment of their own
 * come first, the rest is out of the way until it is wanted.
 */
export function Themes({ options }: { options: FormOptions }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  const first = said.text('theme')
  const chips = options.themes.map(({ slug, name, pigment, glyph }) => ({ value: slug, pigment, label: <ThemeChip name={name} pigment={pigment} glyph={glyph} /> }))
  const [coloured, plain] = [chips.filter((one) => one.pigment !== 'ink'), chips.filter((one) => one.pigment === 'ink')]
  return (
    <div className={styles.themes}>
      {said.list('themeOrder').map((slug) => <input key={slug} type="hidden" name="themeOrder[]" value={slug} />)}
      <RadioGroup name="theme" legend={t('theme.label')} hint={t('theme.hint')} value={first} error={said.error('theme')}
        options={[...coloured, { value: '', label: t('theme.none') }]} />
      {plain.length > 0 && (
        <Details summary={t('theme.more')} open={plain.some((one) => one.value === first)}>
          <RadioGroup name="theme" id="theme-plain" legend={t('theme.plain')} value={first} options={plain} />
        </Details>
      )}
      <Details summary={t('themes.label')} open={said.has('themes') || said.wrong('themes')}>
        <CheckboxGroup name="themes[]" id="themes" legend={t('themes.legend')} hint={t('themes.hint')} values={said.list('themes')} error={said.error('themes')} options={chips} />
      </Details>
    </div>
  )
}

/** Boxes by report, closed but for those where something is ticked; with script, words and numbers sift them. */
export function Recommendations({ options, inferred }: { options: FormOptions; inferred: boolean }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  const [typed, type] = useState('')
  const [picked, pick] = useState(said.list('recommendations').length)
  const isAlive = useAlive()
  const error = said.error('recommendations')
  const words = siftWords(typed)
  const shown = options.reports.reduce((sum, report) => sum + report.recommendations.filter((one) => fits(one, words)).length, 0)
  return (
    <fieldset className={styles.recommendations} id="recommendations" aria-describedby={error ? 'recommendations-error' : 'recommendations-hint'}
      onChange={(event) => pick(event.currentTarget.querySelectorAll('input[name="recommendations[]"]:checked').length)}>
      <legend>{t('recommendations.label')}</legend>
      <p id="recommendations-hint" className="muted">{t('recommendations.hint')}</p>
      {error && <p id="recommendations-error" className={styles.error}>{error}</p>}
      {isAlive && (
        <div className={styles.sift}>
          <label htmlFor="sift">{t('recommendations.sift')}</label>
          <input id="sift" type="search" value={typed} onChange={(event) => type(event.target.value)} autoComplete="off" aria-describedby="sifted"
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} />
          <p id="sifted" role="status" className="small muted">{t('recommendations.sifted', { shown, picked })}</p>
        </div>
      )}
      {options.reports.map((report) => <Report key={report.slug} report={report} words={words} />)}
      {inferred && <Checkbox name="confirmInferred" label={t('recommendations.confirmInferred')} hint={t('recommendations.inferredHint')} defaultChecked={said.text('confirmInferred') !== ''} />}
    </fieldset>
  )
}

function Report({ report, words }: { report: PickedReport; words: string[] }) {
  const t = useTranslations('organise.form')
  const ticked = useSaid().list('recommendations')
  const fitting = report.recommendations.filter((one) => fits(one, words))
  const isOpen = words.length > 0 ? fitting.length > 0 : ticked.some((one) => one.startsWith(`${report.slug}/`))
  return (
    <div hidden={fitting.length === 0}>
      <Details open={isOpen} summary={<><span lang={report.language}>{report.title}</span> <span className={styles.count}>{t('recommendations.count', { count: report.recommendations.length })}</span></>}>
        <ul className={styles.boxes}>
          {report.recommendations.map((one) => {
            const value = `${report.slug}/${one.number}`
            const id = `recommendation-${report.slug}-${one.number}`
            return (
              <li key={value} hidden={!fits(one, words)} className={styles.box}>
                <Tick id={id} name="recommendations[]" value={value} defaultChecked={ticked.includes(value)} aria-describedby={one.short && one.wording ? `${id}-wording` : undefined} />
                <label htmlFor={id}>
                  <span className={styles.number}>{one.number}</span>
                  <span lang={one.short ? one.shortLanguage : one.wordingLanguage}>{one.short ?? one.wording}</span>
                  {one.cultural && <span className={styles.culture}>{t('recommendations.culture')}</span>}
                </label>
                {one.short && one.wording && <p id={`${id}-wording`} lang={one.wordingLanguage} className={styles.wording}>{one.wording}</p>}
              </li>
            )
          })}
        </ul>
      </Details>
    </div>
  )
}

export function Cycles({ options }: { options: FormOptions }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return <CheckboxGroup name="cycles[]" id="cycles" legend={t('cycles.label')} hint={t('cycles.hint')} values={said.list('cycles')} error={said.error('cycles')} options={options.cycles} />
}

import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { classNames } from './class-names'
import styles from './field.module.css'

interface Around {
  /** Also the field's id, unless `id` is given: an error summary links to it. */
  name: string
  label: ReactNode
  hint?: ReactNode
  /** A sentence that says what is wrong and how to mend it. */
  error?: string | null
  /** A word beside the label of a field that may stay empty (« facultatif »). Say nothing for those that may not. */
  optional?: string
}

/** One line of text, with its label, hint and error tied to it. Give `autoComplete` wherever the browser may know the answer. */
export function Field({ name, label, hint, error, optional, id = name, className, ...rest }: Around & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Frame id={id} label={label} hint={hint} error={error} optional={optional}>
      <input type="text" {...rest} id={id} name={name} className={classNames(styles.input, className)} {...tied(id, hint, error)} />
    </Frame>
  )
}

export function TextArea({ name, label, hint, error, optional, id = name, className, rows = 5, ...rest }: Around & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Frame id={id} label={label} hint={hint} error={error} optional={optional}>
      <textarea {...rest} id={id} name={name} rows={rows} className={classNames(styles.input, styles.area, className)} {...tied(id, hint, error)} />
    </Frame>
  )
}

/** A list that opens. The options are its children, or `options`. */
export function Select({ name, label, hint, error, optional, id = name, className, options, children, ...rest }: Around & { options?: Option[] } & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Frame id={id} label={label} hint={hint} error={error} optional={optional}>
      <span className={styles.select}>
        <select {...rest} id={id} name={name} className={classNames(styles.input, className)} {...tied(id, hint, error)}>
          {options?.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
          {children}
        </select>
      </span>
    </Frame>
  )
}

/** The box alone, for lists that have labels of their own. */
export const Tick = (box: InputHTMLAttributes<HTMLInputElement>) => <input {...box} type="checkbox" className={styles.tick} />

/** One box to tick, its label beside it. */
export function Checkbox({ name, label, hint, error, id = name, className, ...rest }: Omit<Around, 'optional'> & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <div className={classNames(styles.choice, error && styles.wrong)}>
      <input {...rest} type="checkbox" id={id} name={name} className={classNames(styles.tick, className)} {...tied(id, hint, error)} />
      <label htmlFor={id} className={styles.choiceLabel}>{label}</label>
      <Below id={id} hint={hint} error={error} />
    </div>
  )
}

export interface Option {
  value: string
  label: ReactNode
  hint?: ReactNode
  /** The places of what hangs on it, for the page's style sheet: `1 3`. */
  opens?: string
}

interface Group extends Omit<Around, 'label'> {
  legend: ReactNode
  options: Option[]
  id?: string
  required?: boolean
}

/** One of several. The group's id is that of its first button, so that an error summary leads there. */
export function RadioGroup({ value, ...group }: Group & { value?: string | null }) {
  return <Choices {...group} type="radio" chosen={value == null ? [] : [value]} />
}

/** Several of several: every box has the same name. */
export function CheckboxGroup({ values = [], ...group }: Group & { values?: readonly string[] }) {
  return <Choices {...group} type="checkbox" chosen={values} />
}

function Choices({ name, legend, options, hint, error, optional, id = name, required, type, chosen }: Group & { type: 'radio' | 'checkbox'; chosen: readonly string[] }) {
  return (
    <fieldset className={classNames(styles.frame, error && styles.wrong)} {...tied(id, hint, error, true)}>
      <legend className={styles.label}>{legend}{optional && <Optional word={optional} />}</legend>
      <Below id={id} hint={hint} error={error} />
      {options.map((option, place) => {
        const own = place === 0 ? id : `${id}-${option.value}`
        return (
          <div className={styles.choice} key={option.value}>
            <input
              type={type}
              id={own}
              name={name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
              required={required && type === 'radio'}
              className={classNames(styles.tick, type === 'radio' && styles.round)}
              aria-describedby={option.hint ? `${own}-option` : undefined}
              data-opens={option.opens}
            />
            <label htmlFor={own} className={styles.choiceLabel}>{option.label}</label>
            {option.hint && <p id={`${own}-option`} className={styles.hint}>{option.hint}</p>}
          </div>
        )
      })}
    </fieldset>
  )
}

function Frame({ id, label, hint, error, optional, children }: Omit<Around, 'name'> & { id: string; children: ReactNode }) {
  return (
    <div className={classNames(styles.frame, error && styles.wrong)}>
      <label htmlFor={id} className={styles.label}>{label}{optional && <Optional word={optional} />}</label>
      <Below id={id} hint={hint} error={error} />
      {children}
    </div>
  )
}

function Optional({ word }: { word: string }) {
  return <span className={styles.optional}> {word}</span>
}

function Below({ id, hint, error }: { id: string; hint?: ReactNode; error?: string | null }) {
  return (
    <>
      {hint && <p id={`${id}-hint`} className={styles.hint}>{hint}</p>}
      {error && <p id={`${id}-error`} className={styles.error}>{error}</p>}
    </>
  )
}

function tied(id: string, hint: ReactNode, error: string | null | undefined, group = false) {
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { 'aria-describedby': told || undefined, 'aria-invalid': error && !group ? (true as const) : undefined }
}

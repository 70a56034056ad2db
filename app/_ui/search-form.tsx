import { Button } from './button'
import { classNames } from './class-names'
import { Field } from './field'
import styles from './search-form.module.css'

/** Looks for words in a list: its answer is the page at `action` with `?q=`. */
export const SearchForm = ({ action, label, find, q, className }: { action: string; label: string; find: string; q: string; className?: string }) => (
  <form className={classNames(styles.search, className)} action={action} role="search">
    <Field name="q" type="search" label={label} defaultValue={q} autoComplete="off" />
    <Button look="ghost">{find}</Button>
  </form>
)

type Value = FormDataEntryValue | Value[] | { [name: string]: Value }

const most = { fields: 2000, depth: 8 }

/**
 * A form as the input of a schema: `title`; `themes[]`, always a list; a name given twice, a list too;
 * `programme.0.title` in lists and objects. Names that are Next's own are left out; the address of a field is
 * never one of an object's own secrets (`__proto__`).
 */
export function formInput(form: FormData): { [name: string]: Value } {
  const root = branch()
  for (const name of fieldNames(form)) {
    const values = form.getAll(name)
    const path = name.replace(/\[\]$/, '').split('.')
    if (path.length > most.depth || path.some((step) => step === '' || step in Object.prototype)) continue
    put(root, path, name.endsWith('[]') || values.length > 1 ? values : values[0])
  }
  return asLists(root) as { [name: string]: Value }
}

/** All that was typed, by the fields' own names, to be shown again. Files cannot be. */
export function formValues(form: FormData): Record<string, string | string[]> {
  const values = fieldNames(form).map((name): [string, string | string[]] => {
    const texts = form.getAll(name).filter((value) => typeof value === 'string')
    return [name, name.endsWith('[]') || texts.length > 1 ? texts : (texts[0] ?? '')]
  })
  return Object.fromEntries(values.filter(([name]) => name !== '__proto__'))
}

/** One field after another as text: a missing one as nothing, octets that no text has as the sign of something unreadable. */
export const textIn = (form: FormData | null) => (name: string) => {
  const value = form?.get(name)
  return typeof value === 'string' ? value.replace(/\0/g, '\uFFFD').toWellFormed() : ''
}

const fieldNames = (form: FormData) => [...new Set(form.keys())].filter((name) => !name.startsWith('$ACTION_')).slice(0, most.fields)

const branch = (): { [name: string]: Value } => Object.create(null) as { [name: string]: Value }

function put(root: { [name: string]: Value }, path: string[], value: Value) {
  let place = root
  for (const step of path.slice(0, -1)) {
    const next = place[step]
    if (next !== undefined && (typeof next !== 'object' || Array.isArray(next) || next instanceof File)) return
    place = place[step] = next ?? branch()
  }
  place[path.at(-1) ?? ''] ??= value
}

/** Branches whose every name is a number are lists, in the order of the numbers. */
function asLists(value: Value): Value {
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof File) return value
  const names = Object.keys(value)
  const isList = names.length > 0 && names.every((name) => /^\d{1,4}$/.test(name))
  if (isList) return names.toSorted((a, b) => Number(a) - Number(b)).map((name) => asLists(value[name]))
  return Object.fromEntries(names.map((name) => [name, asLists(value[name])]))
}

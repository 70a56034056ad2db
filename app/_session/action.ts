import { hasLocale } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { type Locale, routing } from '@/i18n/routing'
import type { Actor } from '@/lib/actor'
import { fieldRefusals } from '@/lib/errors'
import { log } from '@/lib/log'
import { type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { currentActor } from './actor'
import { formInput, formValues } from './form-input'
import { type FormState, newForm } from './form-state'
import { networkOf } from './network'
import { isSameOrigin } from './same-origin'

export type Asking = { locale: Locale; network: string }

/**
 * A form's act: origin, actor, input, verb, and a state in which nothing typed is lost. To be exported from a
 * `'use server'` file and given to `useActionState`; it works without JavaScript.
 *
 * Next itself compares Origin and Host before a server action; the rule of our other doors is applied here again,
 * because Next looks neither at Sec-Fetch-Site nor at Referer.
 *
 * A refusal is said by `<room>.errors.<field>.<reason>`, `<room>.errors.<reason>` or `errors.<reason>`, the first
 * that exists. `then` runs after success, outside of the catching: redirect there.
 */
export function action<Schema extends z.ZodType, Value, Reason extends string>(means: {
  room: string
  schema: Schema
  verb: (actor: Actor, input: z.output<Schema>, asking: Asking) => Promise<Outcome<Value, Reason>>
  then?: (value: Value, input: z.output<Schema>, asking: Asking) => void | Promise<void>
}) {
  return async (_state: FormState, form: FormData): Promise<FormState> => {
    const [values, locale, asked] = [formValues(form), await localeOf(form), await headers()]
    const asking = { locale, network: networkOf(asked) }
    const refuse = async (reason: string, fields: FieldRefusal[] = []) => ({ ...(await say(means.room, locale, reason, fields)), values })
    if (!isSameOrigin(asked)) return refuse('cross-origin')

    const read = means.schema.safeParse(formInput(form))
    if (!read.success) return refuse('invalid', fieldRefusals(read.error))
    const outcome = await surely(async () => means.verb(await currentActor(), read.data, asking))
    if (!outcome.ok) return refuse(outcome.reason, outcome.fields)
    // The bars around the page say where one is: without this they would go on saying where the form stood.
    if (means.then) revalidatePath('/', 'layout')
    await means.then?.(outcome.value, read.data, asking)
    return { ...newForm, status: 'done', values }
  }
}

async function localeOf(form: FormData): Promise<Locale> {
  const said = form.get('locale')
  if (hasLocale(routing.locales, said)) return said
  const found = await getLocale()
  return hasLocale(routing.locales, found) ? found : routing.defaultLocale
}

/** A surprise becomes a sentence, so that what was typed comes back; the diary is told of it, never of the input. */
async function surely<Value, Reason extends string>(work: () => Promise<Outcome<Value, Reason>>): Promise<Outcome<Value, Reason | 'surprise'>> {
  try {
    return await work()
  } catch (error) {
    unstable_rethrow(error)
    log.error('action', { error: error instanceof Error ? `${error.name}: ${error.stack?.split('\n').slice(1, 4).join(' ')}` : 'unknown' })
    return refused('surprise')
  }
}

async function say(room: string, locale: Locale, reason: string, fields: FieldRefusal[]): Promise<Omit<FormState, 'values'>> {
  const t = await getTranslations({ locale })
  const sentence = (...keys: string[]) => {
    const key = keys.find((one) => t.has(one))
    return key ? t(key) : t('errors.invalid')
  }
  const fieldErrors = Object.fromEntries(
    fields.map(({ field, reason: why }) => [field, sentence(`${room}.errors.${field}.${why}`, `${room}.errors.${why}`, `errors.${why}`)]),
  )
  const whole = fields.length > 0 && reason === 'invalid' ? null : sentence(`${room}.errors.${reason}`, `errors.${reason}`)
  return { status: 'refused', fieldErrors, formError: whole, reason }
}

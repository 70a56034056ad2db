import type { getTranslations } from 'next-intl/server'
import type { FormState } from '@/app/_session/form-state'
import type { Asked } from '@/app/[locale]/(host)/organise/_form/text-form'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'

type Words = Awaited<ReturnType<typeof getTranslations<'reports'>>>

/** A report's own facts: the same questions for a new one and for one that is changed. */
export function FactsForm({ t, act, fields, facts = {}, isNew = false }: {
  t: Words
  act: (state: FormState, form: FormData) => Promise<FormState>
  fields: Record<string, string>
  facts?: Record<string, unknown>
  isNew?: boolean
}) {
  const value = (name: string, otherwise = '') => (facts[name] === null || facts[name] === undefined ? otherwise : String(facts[name]))
  const optional = t('optional')
  const ask = (name: string, more: Partial<Asked> = {}): Asked => ({ name, label: t(`fields.${name as 'title'}`), value: value(name), max: 300, ...more })
  const questions: Asked[] = [
    ask('title', { required: true }),
    ...(isNew ? [ask('slug', { optional, max: 80, hint: t('hints.slug') })] : []),
    ask('publisher', { required: true, max: 200 }),
    ask('publishedOn', { required: true, max: 10, hint: t('hints.publishedOn') }),
    ask('language', { kind: 'choice', value: value('language', 'fr'), options: [{ value: 'fr', label: t('languages.fr') }, { value: 'en', label: t('languages.en') }] }),
    ask('url', { required: true, max: 1000, hint: t('hints.url') }),
    ask('pdf', { optional, max: 1000, hint: t('hints.pdf') }),
    ask('pages', { optional, max: 6 }),
    ask('summaryFr', { kind: 'text', optional, max: 1200, rows: 4 }),
    ask('summaryEn', { kind: 'text', optional, max: 1200, rows: 4 }),
    ask('source', { optional, max: 400, hint: t('hints.source') }),
    ask('announced', { optional, max: 4, hint: t('hints.announced') }),
    ask('totalBudgetMEur', { optional, max: 8 }),
    ask('recommendationsNote', { optional, max: 400 }),
    ask('confidence', { kind: 'choice', value: value('confidence', 'verified'), options: (['verified', 'recalled', 'uncertain'] as const).map((one) => ({ value: one, label: t(`confidence.${one}`) })) }),
  ]
  return <TextForm act={act} fields={fields} questions={questions} label={isNew ? t('new.submit') : t('facts.submit')} wrong={t('wrong')} />
}

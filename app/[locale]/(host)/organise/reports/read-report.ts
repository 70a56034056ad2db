import { getTranslations } from 'next-intl/server'
import type { ReadList } from '@/app/[locale]/(host)/organise/_form/list-form'
import type { Locale } from '@/i18n/routing'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { asFile, reportToEdit } from '@/lib/reports/queries'
import { overlaid } from '@/lib/reports/report-list'
import { sayImportRefusals } from '@/server/import-refusals'

/** A report's file as JSON; or a list of recommendations, laid over the report that the page was opened for. */
export async function readReport(text: string, slug: string | undefined): Promise<Outcome<unknown, string>> {
  if (/^\uFEFF?\s*[{[]/.test(text)) {
    try {
      return done(JSON.parse(text.replace(/^\uFEFF/, '')) as unknown)
    } catch {
      return refused('not-json')
    }
  }
  const held = slug ? await reportToEdit(slug) : null
  return held ? overlaid(asFile(held), text) : refused('list-without-report')
}

/** What cannot be taken as it is: nothing is written until it is mended. */
export async function sayWrong(text: string, fields: FieldRefusal[], locale: Locale): Promise<ReadList> {
  const t = await getTranslations({ locale, namespace: 'reports' })
  const of = (place: FieldRefusal) => {
    const [, line, column] = /^line\.(\d+)\.(\w+)$/.exec(place.field) ?? []
    if (line) return { line: Number(line), cells: [t('import.cell', { column: t(`import.cells.${column as 'number'}`) })], fate: t(`import.wrong.${place.reason as 'required'}`), wrong: true }
    return { line: /^\d+$/.test(place.field) ? Number(place.field) : 0, cells: [t('import.file')], fate: sayImportRefusals([place], locale)[0], wrong: true }
  }
  return {
    text,
    title: t('import.notYet'),
    told: [t('import.nothingWritten')],
    columns: [t('import.columns.what'), t('import.columns.fate'), t('import.columns.line')],
    lines: fields.slice(0, 500).map(of),
    wrong: fields.length,
    wrongTitle: t('import.wrongTitle', { count: fields.length }),
    othersTitle: '',
    leaveOut: '',
    write: null,
  }
}

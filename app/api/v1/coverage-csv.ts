import type { Locale } from '@/i18n/routing'
import { writeCsv } from '@/lib/csv'
import type { coverageJson } from './coverage-json'

type Whole = NonNullable<Awaited<ReturnType<typeof coverageJson>>>

/** One line for each recommendation. `excel`: as Excel opens it on a French machine, with the words of the screens at the head. */
export function coverageCsv({ report, recommendations }: Whole, excel: Locale | undefined) {
  const said = excel ? words[excel] : null
  const head = ['report', 'number', 'title', 'short', 'culture', 'depth', 'to_confirm', 'last_discussed', 'events', 'passages', 'relays', 'sessions', 'url']
  const rows = recommendations.map((one) => [
    report.slug,
    one.number,
    one.title,
    excel === 'en' ? (one.short.en ?? one.short.fr) : one.short.fr,
    said ? said.is(one.cultural) : one.cultural,
    said ? said.depth[one.depth] : one.depth,
    said ? said.is(one.toConfirm) : one.toConfirm,
    one.lastDiscussed,
    one.eventCount,
    one.passageCount,
    one.relays.length,
    one.events.map(({ slug }) => slug).join(' '),
    one.url,
  ])
  return writeCsv([said?.head ?? head, ...rows], { excel: Boolean(excel) })
}

const words = {
  fr: {
    head: ['rapport', 'numéro', 'recommandation', 'titre court', 'culture', 'état', 'à confirmer', 'discutée le', 'rendez-vous', 'passages', 'relais', 'séances', 'adresse'],
    depth: { never: 'jamais abordée', planned: 'prévue', discussed: 'discutée', minuted: 'restitution publiée' },
    is: (yes: boolean) => (yes ? 'oui' : 'non'),
  },
  en: {
    head: ['report', 'number', 'recommendation', 'short title', 'culture', 'depth', 'to confirm', 'discussed on', 'events', 'passages', 'relays', 'sessions', 'address'],
    depth: { never: 'never discussed', planned: 'planned', discussed: 'discussed', minuted: 'notes published' },
    is: (yes: boolean) => (yes ? 'yes' : 'no'),
  },
}

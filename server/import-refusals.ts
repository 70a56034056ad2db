import type { FieldRefusal } from '@/lib/outcome'

/** One line per mistake in a report file: where it is, counted from 1 as people count, and what is expected there. */
export function sayImportRefusals(fields: FieldRefusal[], locale: 'fr' | 'en' = 'en'): string[] {
  return fields.map(({ field, reason }) => {
    const gone = /^recommendations\.number-(\d+)$/.exec(field)
    if (gone) return sentences[locale]['still-discussed'].replace('{n}', gone[1])
    const what = sentences[locale][reason] ?? sentences[locale].malformed
    const where = field ? sayPlace(field) : locale === 'fr' ? 'le fichier' : 'the file'
    return `${where}${locale === 'fr' ? '\u00A0: ' : ': '}${what}`
  })
}

/** `recommendations.3.number` as `recommendations[4].number`. */
const sayPlace = (field: string) =>
  field.split('.').map((part) => (/^\d+$/.test(part) ? `[${Number(part) + 1}]` : `.${part}`)).join('').replace(/^\./, '')

const sentences: Record<'fr' | 'en', Record<string, string>> = {
  en: {
    required: 'is missing',
    'wrong-kind': 'is not of the kind expected here (text in quotes, a number, true or false, a list)',
    'too-long': 'is too long',
    'too-many': 'has too many entries',
    'too-big': 'is too big',
    'too-small': 'is too small',
    'not-text': 'holds control characters or broken letters',
    'not-among': 'is none of the values allowed here',
    'not-a-date': 'is not a date such as 2024-03-13, 2024-12 or 2025',
    'not-a-slug': 'may only hold a-z, 0-9 and single hyphens',
    'not-a-web-address': 'is not an address that begins with https:// or http://',
    'not-a-number': 'is not a whole number from 1 on',
    'not-a-count': 'is not a whole number from 0 on',
    'unknown-field': 'is no field of a report file (a typing mistake?)',
    twice: 'is there twice',
    'no-such-recommendation': 'points at a recommendation that the file does not have',
    'still-discussed': 'recommendation {n} is gone from the file, but events or notes point at it',
    malformed: 'cannot be read',
  },
  fr: {
    required: 'manque',
    'wrong-kind': 'n’est pas du genre attendu ici (un texte entre guillemets, un nombre, true ou false, une liste)',
    'too-long': 'est trop long',
    'too-many': 'a trop d’éléments',
    'too-big': 'est trop grand',
    'too-small': 'est trop petit',
    'not-text': 'contient des caractères de contrôle ou des lettres brisées',
    'not-among': 'n’est aucune des valeurs possibles ici',
    'not-a-date': 'n’est pas une date comme 2024-03-13, 2024-12 ou 2025',
    'not-a-slug': 'ne peut contenir que a-z, 0-9 et des traits d’union isolés',
    'not-a-web-address': 'n’est pas une adresse qui commence par https:// ou http://',
    'not-a-number': 'n’est pas un nombre entier à partir de 1',
    'not-a-count': 'n’est pas un nombre entier à partir de 0',
    'unknown-field': 'n’est pas un champ d’un fichier de rapport (une faute de frappe\u202F?)',
    twice: 's’y trouve deux fois',
    'no-such-recommendation': 'désigne une recommandation que le fichier n’a pas',
    'still-discussed': 'la recommandation {n} n’est plus dans le fichier, mais des rendez-vous ou des notes la citent',
    malformed: 'est illisible',
  },
}

import type { QuestionKind, Ready } from './questions'

type Wording = { label: string; purpose: string }
type ReadyMade = { kind: QuestionKind; options: { key: string; fr: string; en: string }[]; fr: Wording; en: Wording }

const region = (key: string, fr: string, en = fr) => ({ key, fr, en })

/** The regions of France, overseas ones too, in the order of the alphabet; then everywhere else. */
const regions = [
  region('auvergne-rhone-alpes', 'Auvergne-Rhône-Alpes'),
  region('bourgogne-franche-comte', 'Bourgogne-Franche-Comté'),
  region('bretagne', 'Bretagne', 'Brittany'),
  region('centre-val-de-loire', 'Centre-Val de Loire'),
  region('corse', 'Corse', 'Corsica'),
  region('grand-est', 'Grand Est'),
  region('guadeloupe', 'Guadeloupe'),
  region('guyane', 'Guyane', 'French Guiana'),
  region('hauts-de-france', 'Hauts-de-France'),
  region('ile-de-france', 'Île-de-France'),
  region('la-reunion', 'La Réunion', 'Réunion'),
  region('martinique', 'Martinique'),
  region('mayotte', 'Mayotte'),
  region('normandie', 'Normandie', 'Normandy'),
  region('nouvelle-aquitaine', 'Nouvelle-Aquitaine'),
  region('occitanie', 'Occitanie'),
  region('pays-de-la-loire', 'Pays de la Loire'),
  region('provence-alpes-cote-d-azur', 'Provence-Alpes-Côte d’Azur'),
  region('autre-outre-mer', 'Une autre collectivité d’outre-mer', 'Another French overseas collectivity'),
  region('hors-de-france', 'Hors de France', 'Outside France'),
]

/** Questions that most sessions ask, in the house's words. Their answers are never needed to take a seat, unless an organiser says so. */
export const readyQuestions: Record<Ready, ReadyMade> = {
  organisation: {
    kind: 'short',
    options: [],
    fr: { label: 'Votre structure', purpose: 'Théâtre, compagnie, collectivité, école… : pour savoir qui prend part à la discussion.' },
    en: { label: 'Your organisation', purpose: 'A theatre, a company, a local authority, a school…: to know who takes part in the discussion.' },
  },
  region: {
    kind: 'one',
    options: regions,
    fr: { label: 'Votre région', purpose: 'Pour savoir d’où viennent les personnes qui discutent ; seul un total par région est publié.' },
    en: { label: 'Your region', purpose: 'To know where people come from; only a total for each region is published.' },
  },
  role: {
    kind: 'short',
    options: [],
    fr: { label: 'Votre fonction', purpose: 'Pour que l’échange parle de vos métiers.' },
    en: { label: 'Your role', purpose: 'So that the discussion speaks of your work.' },
  },
}

/** A ready-made question as a row: the event's language first, the other as its translation. */
export function readyMade(ready: Ready, language: string) {
  const [own, other] = language === 'en' ? (['en', 'fr'] as const) : (['fr', 'en'] as const)
  const { kind, options, ...words } = readyQuestions[ready]
  return {
    kind,
    ...words[own],
    options: options.map((one) => ({ key: one.key, label: one[own] })),
    translation: { ...words[other], options: Object.fromEntries(options.map((one) => [one.key, one[other]])) },
  }
}

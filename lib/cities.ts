import type { Locale } from './text'

/**
 * How a zone is named to readers. A value is the city, or the city with the words for "at" and "of" where French
 * grammar or geography wants others than "à" and "de". A zone that is not here goes by its IANA city.
 */
type Name = string | { city: string; at: string; of: string }

const french: Record<string, Name> = {
  'Africa/Abidjan': 'Abidjan',
  'Africa/Algiers': 'Alger',
  'Africa/Cairo': { city: 'Le Caire', at: 'au Caire', of: 'du Caire' },
  'Africa/Dakar': 'Dakar',
  'Africa/Johannesburg': 'Johannesburg',
  'Africa/Ouagadougou': 'Ouagadougou',
  'America/Cayenne': { city: 'Guyane', at: 'en Guyane', of: 'de Guyane' },
  'America/Guadeloupe': { city: 'Guadeloupe', at: 'en Guadeloupe', of: 'de Guadeloupe' },
  'America/Los_Angeles': 'Los Angeles',
  'America/Martinique': { city: 'Martinique', at: 'en Martinique', of: 'de Martinique' },
  'America/Mexico_City': 'Mexico',
  'America/Miquelon': { city: 'Saint-Pierre-et-Miquelon', at: 'à Saint-Pierre-et-Miquelon', of: 'de Saint-Pierre-et-Miquelon' },
  'America/Montreal': 'Montréal',
  'America/New_York': 'New York',
  'America/Port-au-Prince': 'Port-au-Prince',
  'America/Sao_Paulo': 'São Paulo',
  // Browsers in Québec report this zone: IANA folded America/Montreal into it.
  'America/Toronto': 'Montréal',
  'Asia/Beirut': 'Beyrouth',
  'Asia/Jerusalem': 'Jérusalem',
  'Asia/Seoul': 'Séoul',
  'Asia/Shanghai': 'Shanghai',
  'Asia/Singapore': 'Singapour',
  'Atlantic/Canary': { city: 'Canaries', at: 'aux Canaries', of: 'des Canaries' },
  'Atlantic/Reykjavik': 'Reykjavik',
  'Australia/Sydney': 'Sydney',
  'Europe/Athens': 'Athènes',
  'Europe/Brussels': 'Bruxelles',
  'Europe/Bucharest': 'Bucarest',
  'Europe/Copenhagen': 'Copenhague',
  'Europe/Dublin': 'Dublin',
  'Europe/Kiev': 'Kyiv',
  'Europe/Kyiv': 'Kyiv',
  'Europe/Lisbon': 'Lisbonne',
  'Europe/London': 'Londres',
  'Europe/Moscow': 'Moscou',
  'Europe/Prague': 'Prague',
  'Europe/Rome': 'Rome',
  'Europe/Sofia': 'Sofia',
  'Europe/Vienna': 'Vienne',
  'Europe/Warsaw': 'Varsovie',
  'Indian/Mayotte': 'Mayotte',
  'Indian/Mauritius': { city: 'Maurice', at: 'à Maurice', of: 'de Maurice' },
  'Indian/Reunion': 'La Réunion',
  'Pacific/Noumea': 'Nouméa',
  'Pacific/Tahiti': 'Tahiti',
}

const english: Record<string, Name> = {
  'America/Cayenne': 'Cayenne',
  'America/Montreal': 'Montréal',
  'America/Sao_Paulo': 'São Paulo',
  'Europe/Kiev': 'Kyiv',
  'Indian/Reunion': 'Réunion',
  'Pacific/Noumea': 'Nouméa',
}

const universal = /^(?:UTC|Etc\/(?:UTC|UCT|Universal|Zulu|GMT|Greenwich)|GMT)$/

/** The city that readers know a zone by: Paris, Montréal, Londres or London. */
export function cityOf(zone: string, locale: Locale): string {
  const name = nameOf(zone, locale)
  return typeof name === 'string' ? name : name.city
}

/** « à Montréal », « en Guadeloupe », « au Caire »; "in Montréal". */
export function atCity(zone: string, locale: Locale): string {
  if (universal.test(zone)) return locale === 'fr' ? 'en temps universel' : 'in UTC'
  const name = nameOf(zone, locale)
  if (locale === 'en') return `in ${cityOf(zone, locale)}`
  return typeof name === 'string' ? `à ${name}` : name.at
}

/** « heure de Paris », « heure d’Athènes », « heure du Caire »; "Paris time". */
export function timeOfCity(zone: string, locale: Locale): string {
  if (universal.test(zone)) return locale === 'fr' ? 'temps universel (UTC)' : 'UTC'
  const name = nameOf(zone, locale)
  if (locale === 'en') return `${cityOf(zone, locale)} time`
  if (typeof name !== 'string') return `heure ${name.of}`
  return /^[AEIOUYÀÂÉÈÊÎÔÛ]/.test(name) && !/^Y[aeo]/.test(name) ? `heure d’${name}` : `heure de ${name}`
}

function nameOf(zone: string, locale: Locale): Name {
  if (universal.test(zone)) return 'UTC'
  const names = locale === 'fr' ? french : english
  return Object.hasOwn(names, zone) ? names[zone] : (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')
}

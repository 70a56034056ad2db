import type { WallTime } from '@/lib/time'

// What letters know: plain data, fit for a column of JSON. Instants are ISO 8601 in UTC, wall times are in `timeZone`.
// Names, titles and reasons are as people typed them; the letters take care of them.

export type Pigment = 'vermilion' | 'blue' | 'green' | 'violet' | 'ochre' | 'teal' | 'ink'

export type MomentFacts = { start: WallTime; end: WallTime | null; timeZone: string; startsAt: string; endsAt: string | null }

/** Where this person goes: their own seat's place at a hybrid event. */
export type WhereFacts =
  | { is: 'online'; /** Only in letters to people who have a seat. */ joinUrl: string | null }
  | { is: 'in-person'; venue: string | null; address: string | null }

export type EventFacts = {
  title: string
  /** The language the title is written in: `fr`, `en`. */
  language: string
  /** Of the primary theme; ink where there is none. */
  pigment: Pigment
  /** The event's public page. */
  url: string
  moment: MomentFacts
  where: WhereFacts
}

/** What every letter about a registration knows. */
export type RegistrationFacts = {
  event: EventFacts
  /** The name given with the registration. */
  name: string
  companions: string[]
  /** The capability link; its page shows, its buttons act. */
  manageUrl: string
  /** The zone in which the registration was made. */
  readerZone: string
  /** Does an answer of their calendar reach us? */
  answersRead: boolean
  /** Does the event take companions? */
  mayBring: boolean
  /** Are seats that come free offered for a while, instead of given at once? */
  offers: boolean
  /** The standing registration that took this seat; null: they did. */
  through: { series: string; url: string } | null
}

/** Where somebody stands; `unproven` waits for the proof of the address, `pending` for an answer of the organisers. */
export type Standing = 'confirmed' | 'waitlisted' | 'offered' | 'unproven' | 'pending' | 'cancelled'

/** What somebody follows by letter. */
export type ThingFacts = {
  kind: 'series' | 'theme' | 'recommendation'
  name: string
  /** Of the name. */
  language: string
  /** Of a recommendation. */
  number: number | null
  pigment: Pigment
  /** Its public page. */
  url: string
}

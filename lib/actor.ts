/** Who acts: every verb's first argument. */
export type Role = 'participant' | 'organiser' | 'admin'

export type PersonActor = {
  kind: 'person'
  id: string
  role: Role
  name: string | null
  address: string
  addressFold: string
  /** Every address they proved to be theirs, the first one among them. */
  addressFolds: string[]
  locale: string
  /** Which door they came through: a browser that is logged in, or an API token. */
  via: 'browser' | 'token'
}

export type Actor = { kind: 'guest' } | PersonActor | { kind: 'system'; name: string }

export const guest: Actor = { kind: 'guest' }

/** The program itself: the worker, the seed, the command line. */
export const system = (name: string): Actor => ({ kind: 'system', name })

/** May this actor run the house: organisers, admins and the program itself. */
export const isOrganiser = (actor: Actor) =>
  actor.kind === 'system' || (actor.kind === 'person' && (actor.role === 'organiser' || actor.role === 'admin'))

export const isAdmin = (actor: Actor) => actor.kind === 'system' || (actor.kind === 'person' && actor.role === 'admin')

/** How the journal names them. */
export const actorName = (actor: Actor) =>
  actor.kind === 'person' ? (actor.name ?? actor.address) : actor.kind === 'system' ? actor.name : 'guest'

import type { EventRoom } from '@/app/[locale]/(host)/organise/event-of'

/** `says` is the key of its name among the sentences; without one, a room is reached from another and not listed. */
type Room = { room: EventRoom; says?: string }

/**
 * The rooms of an event, grouped as its bar shows them: a group's name leads to its first room, and stands above all of
 * them. A new room is a line here and one in lib/pathnames.ts.
 */
export const groups: { says: string; rooms: Room[] }[] = [
  {
    says: 'organise.tabs.event',
    rooms: [
      { room: '/organise/events/[slug]', says: 'organise.tabs.overview' },
      { room: '/organise/events/[slug]/edit', says: 'organise.tabs.edit' },
      { room: '/organise/events/[slug]/change' },
      { room: '/organise/events/[slug]/call-off' },
      { room: '/organise/events/[slug]/put-back-on' },
    ],
  },
  {
    says: 'organise.tabs.registrations',
    rooms: [
      { room: '/organise/events/[slug]/registrations', says: 'organise.tabs.people' },
      { room: '/organise/events/[slug]/registrations/import' },
      { room: '/organise/events/[slug]/questions', says: 'asking.tabs.questions' },
      { room: '/organise/events/[slug]/seats', says: 'asking.tabs.seats' },
      { room: '/organise/events/[slug]/access', says: 'people.tabs.access' },
    ],
  },
  {
    says: 'asking.tabs.letters',
    rooms: [
      { room: '/organise/events/[slug]/reminders', says: 'asking.tabs.reminders' },
      { room: '/organise/events/[slug]/letters', says: 'letters.tab' },
    ],
  },
  {
    says: 'organise.tabs.notes',
    rooms: [
      { room: '/organise/events/[slug]/notes', says: 'organise.tabs.write' },
      { room: '/organise/events/[slug]/restitution', says: 'restitution.tab' },
      { room: '/organise/events/[slug]/notes/import' },
      { room: '/organise/events/[slug]/prepared', says: 'prepared.tab' },
      { room: '/organise/events/[slug]/proposals', says: 'takeaway.tab' },
      { room: '/organise/events/[slug]/resources', says: 'resources.tab' },
      { room: '/organise/events/[slug]/discussed', says: 'organise.tabs.discussed' },
    ],
  },
]

/** The group that a room belongs to, and the rooms that are listed beside it. */
export const groupOf = (here: string | null) => groups.find(({ rooms }) => rooms.some(({ room }) => room === here))

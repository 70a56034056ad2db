import MailComposer from 'nodemailer/lib/mail-composer'
import ICAL from 'ical.js'

export type Word = 'ACCEPTED' | 'TENTATIVE' | 'DECLINED'

/**
 * The message by which somebody's calendar answers an invitation (RFC 5546 3.2.3, RFC 6047 2.4), made from the
 * invitation alone, as a calendar would: to its ORGANIZER, about its UID and SEQUENCE, from its one ATTENDEE, or `as`
 * another address, where the invitation was passed on or its reader has several.
 */
export async function answerTo(invitation: string, word: Word, { comment, at = new Date(), headers = {}, as }: { comment?: string; at?: Date; headers?: Record<string, string>; as?: string } = {}) {
  const asked = new ICAL.Component(ICAL.parse(invitation)).getFirstSubcomponent('vevent')
  if (!asked) throw new Error(`No event in the invitation:\n${invitation}`)
  const attendee = as ?? addressOf(asked.getFirstPropertyValue('attendee'))
  const organiser = addressOf(asked.getFirstPropertyValue('organizer'))
  const summary = String(asked.getFirstPropertyValue('summary'))

  const event = new ICAL.Component('vevent')
  for (const name of ['uid', 'sequence', 'organizer', 'summary', 'dtstart', 'dtend']) {
    const property = asked.getFirstProperty(name)
    if (property) event.addProperty(new ICAL.Property(property.toJSON() as unknown[], event))
  }
  event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(at, true))
  event.addPropertyWithValue('attendee', `mailto:${attendee}`).setParameter('partstat', word)
  if (comment) event.addPropertyWithValue('comment', comment)
  const calendar = new ICAL.Component('vcalendar')
  for (const [name, value] of [['prodid', '-//Somebody//A calendar//EN'], ['version', '2.0'], ['method', 'REPLY']]) calendar.addPropertyWithValue(name, value)
  calendar.addSubcomponent(event)

  const content = `${calendar.toString()}\r\n`
  const said = { ACCEPTED: 'Accepted', TENTATIVE: 'Tentative', DECLINED: 'Declined' }[word]
  const message = new MailComposer({
    from: attendee,
    to: organiser,
    subject: `${said}: ${summary}`,
    text: `${attendee} has ${said.toLowerCase()} this invitation.`,
    icalEvent: { method: 'REPLY', content, filename: 'invite.ics' },
    headers,
  })
  return { from: attendee, to: organiser, raw: await message.compile().build() }
}

const addressOf = (value: unknown) => decodeURIComponent(String(value).replace(/^mailto:/i, ''))

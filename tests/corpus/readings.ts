import { type Bounce, type CalendarReply, type Content, type Reading, type Unreadable } from '@/lib/inbox/reading'
import { defaults } from '@/tests/support/corpus'

export type Expected = { content: Content; head?: Partial<Omit<Reading, 'digest' | 'content'>> }

type Head = NonNullable<Expected['head']>

const { attendee, uid, letter, words: sentence } = defaults
const exchange = '@PR0P264MB0123.FRAP264.PROD.OUTLOOK.COM'

const reply = (word: CalendarReply['word'], but: Partial<CalendarReply> = {}): Content => ({ is: 'calendar', answer: {
  method: 'REPLY', uid, sequence: 0, stamp: new Date('2026-11-23T10:15:00Z'), attendee, word, comment: null, recurrenceId: null,
  start: new Date('2026-12-03T08:00:00Z'), end: new Date('2026-12-03T09:00:00Z'), delegatedTo: null, ...but,
} })
const words = (said: string, signature: string | null = null): Content => ({ is: 'words', words: said, signature })
const unreadable = (why: Unreadable): Content => ({ is: 'unreadable', why })
const automatic = (why: Extract<Content, { is: 'automatic' }>['why']): Content => ({ is: 'automatic', why })
const bounce = (recipients: Bounce['recipients'], letterMessageId: string | null = letter): Content => ({ is: 'bounce', bounce: { recipients, letterMessageId } })
const failed = (status: string | null, diagnosis: string | null, isHard = true, address = attendee) => ({ address, isHard, status, diagnosis })

const from = (name: string | null, address: string | null = attendee): Head => ({ from: { name, address } })
const about = (subject: string): Head => ({ subject })
const withId = (messageId: string): Head => ({ messageId })
const inTakeaway: Head = { subject: 'Re: Qu’en retenez-vous ?', inReplyTo: [letter] }
const google: Head = { subject: 'Refusé : Qui entraîne les modèles avec nos archives ? - jeu. 3 déc. 2026 9am - 10am (CET)', authentication: 'dkim=pass spf=pass dmarc=pass' }
const daemon = (name: string | null, address: string, subject: string, id: string): Head => ({
  ...from(name, address), ...about(subject), ...withId(id), addressedTo: [`bounce+${defaults.token}@${defaults.domain}`],
})

/** What each message of this folder says; of its head, what differs from a plain one by Zoé Martin to her rsvp address. */
export const readings: Record<string, Expected> = {
  // As calendars answer.
  'gmail-declined': { content: reply('declined', { comment: 'Je suis en tournée ce jour-là' }), head: { ...google, ...withId('calendar-gmail-declined@google.com') } },
  'gmail-accepted': { content: reply('accepted'), head: { ...google, ...about(google.subject?.replace('Refusé', 'Accepté') ?? ''), ...withId('calendar-gmail-accepted@google.com') } },
  'gmail-tentative': { content: reply('tentative'), head: { ...google, ...about(google.subject?.replace('Refusé', 'Peut-être') ?? ''), ...withId('calendar-gmail-tentative@google.com') } },
  'exchange-declined': { content: reply('declined', { comment: 'Désolée, je suis en répétition.' }), head: { ...from('Zoé MARTIN'), ...about('Refusé : Qui entraîne les modèles avec nos archives'), ...withId(`exchange-declined${exchange}`) } },
  'exchange-counter': {
    content: reply('tentative', { method: 'COUNTER', comment: 'Serait-il possible de commencer plus tard ?', start: new Date('2026-12-03T10:30:00Z'), end: new Date('2026-12-03T11:30:00Z') }),
    head: { ...from('Zoé MARTIN'), ...about('Nouvel horaire proposé : Qui entraîne les modèles'), ...withId(`exchange-counter${exchange}`) },
  },
  'exchange-2007-declined': { content: reply('declined', { comment: 'Absente ce matin-là… répétition d’Œdipe à 9h, désolée' }) },
  'outlook-com-declined': { content: reply('declined'), head: { ...about('Refusé : Qui entraîne'), ...withId('outlook-com-declined@PAXP192MB0001.EURP192.PROD.OUTLOOK.COM') } },
  'outlook-com-accepted': { content: reply('accepted'), head: { ...about('Accepté : Qui entraîne'), ...withId('outlook-com-accepted@PAXP192MB0001.EURP192.PROD.OUTLOOK.COM') } },
  'apple-declined': { content: reply('declined'), head: { ...about('Zoé Martin a décliné votre invitation : Qui entraîne'), ...withId('apple-declined@icloud.com') } },
  'apple-calendar-other-account': { content: reply('declined'), head: from('Zoé Martin', 'zoe.perso@icloud.example') },
  'icloud-tentative': { content: reply('tentative'), head: from('Zoé Martin', 'noreply@email.apple.com') },
  'thunderbird-declined': { content: reply('declined'), head: about('Réponse à l’invitation : Qui entraîne') },
  'fastmail-declined': { content: reply('declined', { comment: 'On tour' }) },
  // Its zone's name is its own, and VTIMEZONEs are not reckoned with.
  'zimbra-declined': { content: reply('declined', { comment: 'Je ne serai pas là', start: null, end: null }) },
  'nextcloud-accepted': { content: reply('accepted'), head: from('Zoé Martin', 'ne-pas-repondre@nuage.example') },
  'proton-declined': { content: reply('declined') },
  'samsung-declined': { content: reply('declined') },
  'yahoo-declined': { content: reply('declined', { comment: 'Une autre fois, volontiers' }) },
  'reply-without-a-sender': { content: reply('accepted') },
  // As the standards allow, or hardly.
  'calendar-alone': { content: reply('declined') },
  'latin9-declined': { content: reply('declined', { comment: 'Le chœur répète; 20 € le billet' }) },
  'utf16-declined': { content: reply('declined', { comment: 'Ce jour-là non' }) },
  'line-feeds-only': { content: reply('declined') },
  'method-in-type-only': { content: reply('declined') },
  'method-in-file-only': { content: reply('declined') },
  'lower-case-everywhere': { content: reply('declined', { start: null, end: null }) },
  'floating-stamp': { content: reply('declined', { start: null, end: null }) },
  'unknown-word': { content: reply(null, { stamp: null }) },
  'one-date-of-a-series': { content: reply('declined', { recurrenceId: '2026-12-03T09:00:00' }) },
  'alarm-within': { content: reply('accepted') },
  'parts-unclosed': { content: reply('declined') },
  refresh: { content: reply('needs-action', { method: 'REFRESH' }) },
  delegated: { content: reply('delegated', { delegatedTo: 'idris@theatre.example' }) },
  'two-attendees': { content: reply(null, { attendee: null }) },
  // Calendars that are no answer, or of which nobody knows which.
  'methods-differ': { content: unreadable('malformed') },
  'several-events': { content: unreadable('several-events') },
  'copies-differ': { content: unreadable('several-events') },
  'no-event': { content: unreadable('no-event') },
  'broken-calendar': { content: unreadable('malformed') },
  'forwarded-request': { content: words('Bonjour, Idris aimerait venir aussi : est-ce possible ?') },
  'reply-in-a-forwarded-message': { content: words('Voici ce que j’ai reçu d’un collègue.') },
  'published-only': { content: unreadable('nothing-said') },
  'cancel-only': { content: unreadable('nothing-said') },
  'reply-to-a-list': { content: automatic('list') },
  'reply-by-a-vacation-program': { content: automatic('vacation') },
  'reply-in-bulk': { content: automatic('bulk') },
  'winmail-reply': { content: unreadable('winmail') },
  'winmail-empty': { content: unreadable('winmail') },
  'winmail-words': { content: words(sentence) },
  // What comes back.
  'bounce-postfix': {
    content: bounce([failed('5.1.1', `550 5.1.1 <${attendee}>: Recipient address rejected: User unknown in virtual mailbox table`)]),
    head: { ...from('Mail Delivery System', 'mailer-daemon@mail.theatre.example'), ...about('Undelivered Mail Returned to Sender'), ...withId('bounce-postfix@mail.theatre.example') },
  },
  'bounce-exchange-online': {
    content: bounce([failed('5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup')]),
    head: daemon('Microsoft Outlook', 'microsoftexchange329e71ec88ae4615bbc36ab6ce41109e@theatre.example', 'Non remis : Votre place', 'bounce-exchange-online@mx.example'),
  },
  'bounce-gmail': {
    content: bounce([failed('5.1.1', '550-5.1.1 The email account that you tried to reach does not exist. 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser - gsmtp')]),
    head: daemon('Mail Delivery Subsystem', 'mailer-daemon@googlemail.com', 'Delivery Status Notification (Failure)', 'bounce-gmail@mx.example'),
  },
  'bounce-exim': {
    content: bounce([failed('5.1.1', `host mx.theatre.example [192.0.2.7] SMTP error from remote mail server after RCPT TO:<${attendee}>: 550 5.1.1 No such user here`)]),
    head: daemon('Mail Delivery System', 'mailer-daemon@relais.example', 'Mail delivery failed: returning message to sender', 'bounce-exim@mx.example'),
  },
  'bounce-exim-warning': {
    content: bounce([failed(null, 'host mx.theatre.example [192.0.2.7] Delay reason: 550 greylisted No action is required on your part. Delivery attempts will continue for some time.', false)], null),
    head: daemon('Mail Delivery System', 'mailer-daemon@relais.example', 'Warning: message 1kXy delayed 24 hours', 'bounce-exim-warning@mx.example'),
  },
  'bounce-ovh-qmail': {
    content: bounce([failed('5.1.1', `192.0.2.7 does not like recipient. Remote host said: 550 5.1.1 <${attendee}>: Recipient address rejected Giving up on 192.0.2.7.`)]),
    head: daemon(null, 'mailer-daemon@mo123.mail-out.ovh.net', 'failure notice', 'bounce-ovh-qmail@mx.example'),
  },
  'bounce-headers-only': {
    content: bounce(['zoe@interne.theatre.example', attendee].map((address) => failed('5.0.0', 'User not listed in public Name & Address Book', true, address))),
    head: daemon('Mail Delivery System', 'postmaster@relais.example', 'Undelivered Mail Returned to Sender', 'bounce-headers-only@mx.example'),
  },
  'bounce-two-recipients': {
    content: bounce([failed(null, '554 Transaction failed'), failed('2.1.5', null, false, 'idris@theatre.example')]),
    head: daemon(null, 'mailer-daemon@relais.example', 'Undelivered Mail Returned to Sender', 'bounce-two-recipients@mx.example'),
  },
  'bounce-delayed': {
    content: bounce([failed('4.4.1', 'connect to mx.theatre.example[192.0.2.7]:25: Connection timed out', false)]),
    head: daemon(null, 'mailer-daemon@relais.example', 'Delayed Mail (still being retried)', 'bounce-delayed@mx.example'),
  },
  'bounce-gave-up': {
    content: bounce([failed('4.4.7', '452 4.2.2 Mailbox full', false)]),
    head: daemon(null, 'mailer-daemon@relais.example', 'Undelivered Mail Returned to Sender', 'bounce-gave-up@mx.example'),
  },
  'bounce-relayed': {
    content: bounce([failed('2.0.0', null, false)]),
    head: daemon(null, 'mailer-daemon@relais.example', 'Successful Mail Delivery Report', 'bounce-relayed@mx.example'),
  },
  // What nobody wrote.
  'vacation-exchange': { content: automatic('vacation'), head: { ...from('Zoé MARTIN'), subject: 'Réponse automatique : Votre place', messageId: `vacation-exchange${exchange}`, inReplyTo: [letter] } },
  'vacation-sieve': { content: automatic('vacation'), head: { inReplyTo: [letter] } },
  'vacation-old': { content: automatic('vacation') },
  'list-message': { content: automatic('list') },
  newsletter: { content: automatic('list') },
  'bulk-message': { content: automatic('bulk') },
  notification: { content: automatic('auto-submitted') },
  'read-receipt': { content: automatic('auto-submitted') },
  'sender-empty': { content: automatic('empty-sender') },
  // What somebody says.
  'absence-in-the-subject': { content: words('Réponse automatique, c’est aussi le titre de notre prochain spectacle : venez !'), head: about('Réponse automatique') },
  'suppress-alone': { content: words(sentence) },
  'date-unreadable': { content: words(sentence), head: { sentAt: null, messageId: null } },
  'words-gmail': { content: words(sentence), head: { ...inTakeaway, messageId: 'CA+words-gmail@mail.gmail.com', inReplyTo: [letter, 'series@parlons-en.example'] } },
  'words-gmail-wrapped': {
    content: words('Je retiens surtout que la relecture humaine doit être écrite dans le contrat, payée à son prix, et confiée à quelqu’un qui connaît le répertoire ; sinon la charte reste un papier.\n\n- un point\n- un autre'),
    head: inTakeaway,
  },
  'words-signed': { content: words(sentence, 'Anne Le Gall'), head: inTakeaway },
  'words-apple-mail': { content: words('Qu’il faut commencer petit.', 'Zoé Martin, Théâtre de la Ville'), head: inTakeaway },
  'words-iphone': { content: words('Qu’il faut commencer petit.'), head: inTakeaway },
  'words-outlook-html': { content: words('Bonjour,\n\nLa charte, c’est le début : 50 % du chemin & pas plus.'), head: inTakeaway },
  'words-outlook-plain': { content: words('Trois choses : la charte, le budget, et qui signe.'), head: inTakeaway },
  'words-original-message': { content: words('Rien de plus à dire.'), head: inTakeaway },
  'words-thunderbird': { content: words('Que la relecture humaine doit être écrite dans le contrat, et payée : sans cela, personne ne la fait, et l’on accuse la machine.'), head: inTakeaway },
  'words-yahoo-html': { content: words('Une charte, oui, mais relue <chaque> saison.', 'Anne Le Gall'), head: inTakeaway },
  'words-german': { content: words('Die Satzung ist erst der Anfang.'), head: inTakeaway },
  'words-spanish': { content: words('Que todo empieza por una frase.'), head: inTakeaway },
  'words-english': { content: words('What stays with me: nobody reads a charter that nobody signs.', 'Zoé Martin'), head: inTakeaway },
  'words-after-the-formula': {
    content: words('Merci pour cette heure.\n\nCordialement, et sans flagornerie aucune, je retiens la charte.\n\nBien à vous,\nje dirais même que tout le reste en découle.'),
    head: inTakeaway,
  },
  'words-hostile': { content: words('Une phrase tranquille &amp; <b>rien</b> d’autre\nsur deux lignes.', 'Zoé Martin'), head: inTakeaway },
  'words-name-unsaid': { content: words('J’accepte que vous citiez mon nom si vous le souhaitez.\n\nZoé Martin'), head: inTakeaway },
  'words-quotes-only': { content: unreadable('nothing-said'), head: inTakeaway },
  'words-attachment-only': { content: unreadable('nothing-said'), head: inTakeaway },
  // Bad ones.
  'nested-too-deep': { content: unreadable('too-deep') },
  'boundary-missing': { content: unreadable('nothing-said') },
  'no-message': { content: unreadable('malformed'), head: { ...from(null, null), messageId: null, subject: null, sentAt: null, addressedTo: [] } },
}

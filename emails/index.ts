import { render as toHtml } from '@react-email/render'
import { createElement } from 'react'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { typo } from '@/lib/text'
import { accessAnswered, type AccessAnsweredFacts } from './access-answered'
import { accessNeed, type AccessNeedFacts } from './access-need'
import { addressChange, type AddressChangeFacts } from './address-change'
import { addressChanged, type AddressChangedFacts } from './address-changed'
import { addressToProve, type ProveFacts } from './address-to-prove'
import { type AgainAnswerFacts, answerAgain } from './answer-again'
import { answerUnsure, type UnsureFacts } from './answer-unsure'
import { appointed, type AppointedFacts } from './appointed'
import { approvalAwaited } from './approval-awaited'
import { companionChanged, type CompanionFacts } from './companion-changed'
import { type BackOnFacts, eventBackOn } from './event-back-on'
import { eventCalledOff, type CalledOffFacts } from './event-called-off'
import { eventChanged, type ChangedFacts } from './event-changed'
import type { RegistrationFacts } from './facts'
import { followConfirm, type FollowConfirmFacts } from './follow-confirm'
import { followNews, type FollowNewsFacts } from './follow-news'
import { Layout } from './layout'
import { logIn, type LogInFacts } from './log-in'
import { notesDue, type NotesDueFacts } from './notes-due'
import { notesOut, type NotesOutFacts } from './notes-out'
import { offerPassed, type PassedFacts } from './offer-passed'
import { placeSwitched, type SwitchedFacts } from './place-switched'
import { plainText } from './plain-text'
import { type AgainFacts, registrationAgain } from './registration-again'
import { type CancelledFacts, registrationCancelled } from './registration-cancelled'
import { type DeclinedFacts, registrationDeclined } from './registration-declined'
import { type PendingFacts, registrationPending } from './registration-pending'
import { reminder } from './reminder'
import type { Voice } from './say'
import { seatConfirmed } from './seat-confirmed'
import { type OfferedFacts, seatOffered } from './seat-offered'
import { seatPromoted } from './seat-promoted'
import { seatWaitlisted } from './seat-waitlisted'
import type { Sheet } from './sheet'
import { standingStarted, type StandingStartedFacts } from './standing-started'
import { takeaway, type TakeawayFacts } from './takeaway'

export type { EventFacts, MomentFacts, Pigment, RegistrationFacts, Standing, WhereFacts } from './facts'

/** Everything we say by mail, with what it needs to know. */
export type Letter =
  | ({ kind: 'seat-confirmed' } & RegistrationFacts)
  | ({ kind: 'seat-waitlisted' } & RegistrationFacts)
  | ({ kind: 'seat-promoted' } & RegistrationFacts)
  | ({ kind: 'seat-offered' } & OfferedFacts)
  | ({ kind: 'offer-passed' } & PassedFacts)
  | ({ kind: 'place-switched' } & SwitchedFacts)
  | ({ kind: 'reminder' } & RegistrationFacts)
  | ({ kind: 'address-to-prove' } & ProveFacts)
  | ({ kind: 'approval-awaited' } & RegistrationFacts)
  | ({ kind: 'registration-declined' } & DeclinedFacts)
  | ({ kind: 'registration-again' } & AgainFacts)
  | ({ kind: 'registration-pending' } & PendingFacts)
  | ({ kind: 'registration-cancelled' } & CancelledFacts)
  | ({ kind: 'companion-changed' } & CompanionFacts)
  | ({ kind: 'event-changed' } & ChangedFacts)
  | ({ kind: 'event-called-off' } & CalledOffFacts)
  | ({ kind: 'event-back-on' } & BackOnFacts)
  | ({ kind: 'takeaway' } & TakeawayFacts)
  | ({ kind: 'notes-out' } & NotesOutFacts)
  | ({ kind: 'notes-due' } & NotesDueFacts)
  | ({ kind: 'answer-again' } & AgainAnswerFacts)
  | ({ kind: 'answer-unsure' } & UnsureFacts)
  | ({ kind: 'standing-started' } & StandingStartedFacts)
  | ({ kind: 'address-change' } & AddressChangeFacts)
  | ({ kind: 'address-changed' } & AddressChangedFacts)
  | ({ kind: 'access-need' } & AccessNeedFacts)
  | ({ kind: 'access-answered' } & AccessAnsweredFacts)
  | ({ kind: 'follow-confirm' } & FollowConfirmFacts)
  | ({ kind: 'follow-news' } & FollowNewsFacts)
  | ({ kind: 'log-in' } & LogInFacts)
  | ({ kind: 'appointed' } & AppointedFacts)

/** Sets a letter in HTML and in plain text, in French or, for `en…`, in English, as said at that instant. The subject is one line. */
export async function render(letter: Letter, locale: string, at = now()): Promise<{ subject: string; html: string; text: string }> {
  const voice = voiceOf(locale, at)
  const sheet = sheetOf(letter, voice)
  return {
    subject: typo(sheet.subject, voice.locale).replace(/\s+/g, (space) => (space === '\u00A0' || space === '\u202F' ? space : ' ')),
    html: await toHtml(createElement(Layout, { sheet, voice })),
    text: plainText(sheet, voice),
  }
}

function voiceOf(locale: string, at: Date): Voice {
  const english = locale.startsWith('en')
  const { mailFrom, appUrl } = config()
  return {
    locale: english ? 'en' : 'fr',
    say: (french, inEnglish) => (english ? inEnglish : french),
    house: { name: mailFrom.name, url: english ? `${appUrl}/en` : appUrl },
    at,
  }
}

function sheetOf(letter: Letter, voice: Voice): Sheet {
  switch (letter.kind) {
    case 'seat-confirmed':
      return seatConfirmed(letter, voice)
    case 'seat-waitlisted':
      return seatWaitlisted(letter, voice)
    case 'seat-promoted':
      return seatPromoted(letter, voice)
    case 'seat-offered':
      return seatOffered(letter, voice)
    case 'offer-passed':
      return offerPassed(letter, voice)
    case 'place-switched':
      return placeSwitched(letter, voice)
    case 'reminder':
      return reminder(letter, voice)
    case 'address-to-prove':
      return addressToProve(letter, voice)
    case 'approval-awaited':
      return approvalAwaited(letter, voice)
    case 'registration-declined':
      return registrationDeclined(letter, voice)
    case 'registration-again':
      return registrationAgain(letter, voice)
    case 'registration-pending':
      return registrationPending(letter, voice)
    case 'registration-cancelled':
      return registrationCancelled(letter, voice)
    case 'companion-changed':
      return companionChanged(letter, voice)
    case 'event-changed':
      return eventChanged(letter, voice)
    case 'event-called-off':
      return eventCalledOff(letter, voice)
    case 'event-back-on':
      return eventBackOn(letter, voice)
    case 'takeaway':
      return takeaway(letter, voice)
    case 'notes-out':
      return notesOut(letter, voice)
    case 'notes-due':
      return notesDue(letter, voice)
    case 'answer-again':
      return answerAgain(letter, voice)
    case 'answer-unsure':
      return answerUnsure(letter, voice)
    case 'standing-started':
      return standingStarted(letter, voice)
    case 'address-change':
      return addressChange(letter, voice)
    case 'address-changed':
      return addressChanged(letter, voice)
    case 'access-need':
      return accessNeed(letter, voice)
    case 'access-answered':
      return accessAnswered(letter, voice)
    case 'follow-confirm':
      return followConfirm(letter, voice)
    case 'follow-news':
      return followNews(letter, voice)
    case 'log-in':
      return logIn(letter, voice)
    case 'appointed':
      return appointed(letter, voice)
  }
}

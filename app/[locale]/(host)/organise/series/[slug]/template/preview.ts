import type { Locale } from '@/i18n/routing'
import type { NotesDocument } from '@/lib/notes/document'
import { begun, proposedTemplate } from '@/lib/notes/template'
import { sayDay } from '@/lib/text'

export const proposed = (language: Locale) => proposedTemplate[language]

/** The template as the notes of an invented session would begin. */
export function previewOf(template: string, locale: Locale, words: { title: string; question: string; followUp: string; speaker: string }): NotesDocument | null {
  return begun(template, {
    language: locale,
    title: words.title,
    day: sayDay('2027-01-14', locale),
    speakers: [{ slug: 'anne-martin', name: words.speaker }],
    questions: [{ text: words.question, votes: 3 }],
    followUps: [{ id: '00000000-0000-7000-8000-000000000000', text: words.followUp, owner: words.speaker, due: '2027-02-01', about: [] }],
  })
}

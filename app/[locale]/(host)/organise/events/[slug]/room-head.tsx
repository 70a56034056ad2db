import type { ReactNode } from 'react'
import { PageHead } from '@/app/_ui/page'
import { ownTitleOf } from '@/app/[locale]/(host)/organise/say-event'
import { otherLanguage } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'

/** The head of a room: whose it is, in the event's own language, above the room's title. */
export const RoomHead = ({ event, locale, title, children }: { event: EventPage; locale: Locale; title: string; children?: ReactNode }) => (
  <PageHead overline={<span lang={otherLanguage(event.language, locale)}>{ownTitleOf(event)}</span>} title={title}>{children}</PageHead>
)

import type { Metadata } from 'next'
import type { ReactNode } from 'react'

/** Pages of one person: nobody's index has them, and no other site is told that one came from them. */
export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: 'same-origin' }

export default function MemberLayout({ children }: { children: ReactNode }) {
  return children
}

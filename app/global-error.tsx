'use client'

import { Mishap, useEnglish } from '@/app/_ui/mishap'
import '@/app/_ui/base.css'

/** Stands in for the layout itself: when that fails, there is neither header nor footer left. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang={useEnglish() ? 'en' : 'fr'}>
      <body>
        <main><Mishap digest={error.digest} retry={reset} /></main>
      </body>
    </html>
  )
}

'use client'

import { forgetAllUnsent } from '@/app/[locale]/_writing/kept-unsent'
import { Button } from '@/app/_ui/button'

/** Logging out is an act: a form of one button, which works everywhere and without JavaScript. Words of notes that were never sent leave the device with their writer. */
export function LogOut({ locale, label }: { locale: string; label: string }) {
  return (
    <form method="post" action="/api/auth/signout" onSubmit={forgetAllUnsent}>
      <input type="hidden" name="locale" value={locale} />
      <Button look="quiet">{label}</Button>
    </form>
  )
}

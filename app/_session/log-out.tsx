import { Button } from '@/app/_ui/button'

/** Logging out is an act: a form of one button, which works everywhere and without JavaScript. */
export function LogOut({ locale, label }: { locale: string; label: string }) {
  return (
    <form method="post" action="/api/auth/signout">
      <input type="hidden" name="locale" value={locale} />
      <Button look="quiet">{label}</Button>
    </form>
  )
}

import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/_ui/notice'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Actor } from '@/lib/actor'

/** Says to who is logged in that they are, and leads on. */
export async function AlreadyIn({ actor, locale, returnTo }: { actor: Actor; locale: Locale; returnTo: string }) {
  if (actor.kind !== 'person') return null
  const t = await getTranslations({ locale, namespace: 'login.already' })
  return (
    <Notice tone="success">
      <p>{t('text', { address: actor.address })} <a href={returnTo || getPathname({ href: '/me', locale })}>{t('goOn')}</a></p>
    </Notice>
  )
}

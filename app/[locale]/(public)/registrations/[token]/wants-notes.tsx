import { getTranslations } from 'next-intl/server'
import { Button } from '@/app/_ui/button'
import { Section } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { pathOf } from '@/lib/pathnames'
import type { HeldRegistration as Held } from '@/lib/registrations/queries'
import { mayWantNotes } from '@/lib/registrations/rules'
import styles from './registration.module.css'

/** « Prévenez-moi quand la restitution paraît »: a switch for whoever has a seat and may read it. Works without a script. */
export async function WantsNotes({ held, token, locale }: { held: Held; token: string; locale: Locale }) {
  if (!mayWantNotes(held) && !held.wantsNotes) return null
  const t = await getTranslations({ locale, namespace: 'follow.notes' })
  return (
    <Section title={t('title')} id="tell" quiet>
      <form method="post" action={pathOf('/registrations/[token]/change', { token }, locale)} className={styles.wants}>
        <p>{t(held.wantsNotes ? 'wanted' : 'offered')}</p>
        <input type="hidden" name="act" value={held.wantsNotes ? 'no-notes' : 'want-notes'} />
        <Button look="ghost" wide>{t(held.wantsNotes ? 'stop' : 'start')}</Button>
      </form>
    </Section>
  )
}

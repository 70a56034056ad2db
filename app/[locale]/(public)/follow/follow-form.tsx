import { getTranslations } from 'next-intl/server'
import { currentActor } from '@/app/_session/actor'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { pathOf } from '@/lib/pathnames'
import { followsOf, targetNamed } from '@/lib/syndication/queries'
import { stateOfFollow } from '@/lib/syndication/rules'
import styles from './follow.module.css'

/** « Par message »: one field and a button, beside the feeds of something. `follow` is its feed's path, as `themes/ethique`; null leads to the choice. Works without a script. */
export async function FollowByLetter({ follow, locale }: { follow: string | null; locale: Locale }) {
  const [t, actor] = await Promise.all([getTranslations({ locale, namespace: 'follow.beside' }), currentActor()])
  if (follow === null) return <p className={styles.already}><a href={getPathname({ href: '/follow', locale })}>{t('any')}</a></p>
  const person = actor.kind === 'person' ? actor : null
  if (person && (await followsAlready(person.addressFolds, follow))) {
    return <p className={styles.already}>{t('already')} <a href={`${getPathname({ href: '/me', locale })}#follows`}>{t('mine')}</a></p>
  }
  return (
    <form method="post" action={pathOf('/follow/ask', {}, locale)} className={styles.beside} noValidate>
      <input type="hidden" name="follow" value={follow} />
      {person ? (
        <>
          <input type="hidden" name="act" value="me" />
          <p className="small">{t('as', { address: person.address })}</p>
        </>
      ) : (
        <Field id="follow-email" name="email" label={t('email')} hint={t('hint')} type="email" inputMode="email" autoComplete="email" autoCapitalize="none" spellCheck={false} required maxLength={254} />
      )}
      <Button look="ghost" wide>{t('submit')}</Button>
    </form>
  )
}

async function followsAlready(addressFolds: string[], follow: string) {
  const [key, rows] = await Promise.all([targetNamed(follow), followsOf(addressFolds)])
  return rows.some((row) => row.target === key && stateOfFollow(row) === 'following')
}

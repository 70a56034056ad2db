import { getTranslations } from 'next-intl/server'
import { refusalsOf } from '@/app/[locale]/(public)/events/[slug]/refusals'
import { readAnswer } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { currentActor } from '@/app/_session/actor'
import { Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { capability } from '@/lib/ids'
import { pathOf } from '@/lib/pathnames'
import { findStanding, type HeldRegistration as Held } from '@/lib/registrations/queries'
import { keptUnder } from './change/kept-under'
import type { Story } from './state'
import { StoryOf } from './story'
import { WantsNotes } from './wants-notes'
import { ChangeAddress, CorrectName, WhenAndWhere } from './yours'
import styles from './registration.module.css'

interface Props {
  held: Held
  story: Story
  locale: Locale
  action: string
  token: string
  /** Nothing of it changes any more. */
  shut: boolean
  said?: string
}

/** Beside the state: the date itself, what is known of the person, the story, and the ways on. */
export async function Aside({ held, story, locale, action, token, shut, said }: Props) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const [typed, actor, standing] = await Promise.all([readAnswer(keptUnder(token)), currentActor(), held.standingId ? findStanding({ id: held.standingId }) : null])
  const { byField } = await refusalsOf(said === 'invalid' ? typed : null, locale)
  const isLive = !shut && held.status !== 'cancelled'
  const me = getPathname({ href: '/me', locale })
  const login = getPathname({ href: { pathname: '/login', query: { returnTo: me } }, locale })
  return (
    <div className={styles.main}>
      <WhenAndWhere held={held} locale={locale} />
      <WantsNotes held={held} token={token} locale={locale} />
      <Section title={t('yoursTitle')} id="yours" quiet>
        <div>
          {isLive && <CorrectName held={held} locale={locale} action={action} typed={byField['own-name'] ? typed?.name : undefined} error={byField['own-name']} />}
          {isLive && <ChangeAddress locale={locale} action={action} typed={byField.email ? typed?.email : undefined} error={byField.email} />}
          <StoryOf story={story} held={held} locale={locale} />
        </div>
        <ul className={styles.ways}>
          <li><a href={actor.kind === 'person' ? me : login}>{t(actor.kind === 'person' ? 'all' : 'login')}</a></li>
          {standing && standing !== 'gone' && <li><a href={pathOf('/standing/[token]', { token: capability('standing', standing.id, standing.generation) }, locale)}>{t('standing')}</a></li>}
          <li><a href={pathOf('/registrations/[token]/export', { token }, locale)} rel="nofollow">{t('export')}</a></li>
        </ul>
      </Section>
    </div>
  )
}

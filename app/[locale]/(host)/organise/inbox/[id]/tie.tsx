import { getTranslations } from 'next-intl/server'
import { Stack } from '@/app/_ui/page'
import { SearchForm } from '@/app/_ui/search-form'
import { tieMail } from '@/app/[locale]/(host)/organise/inbox/actions'
import { guesses } from '@/app/[locale]/(host)/organise/inbox/guesses'
import styles from '@/app/[locale]/(host)/organise/inbox/inbox.module.css'
import type { InboxWords } from '@/app/[locale]/(host)/organise/inbox/say-mail'
import { TieForm } from '@/app/[locale]/(host)/organise/inbox/tie-form'
import { momentOf, today } from '@/app/[locale]/event-words'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { type OpenedMail, type TieCandidate, tieCandidates } from '@/lib/inbox/queries'
import { tiedAs } from '@/lib/inbox/rules'
import { localeOf, sayWhen, typo } from '@/lib/text'

/** Registrations that the message resembles, or that a search found, and what it may mean for the chosen one. */
export async function Tie({ mail, q, locale, t }: { mail: OpenedMail; q: string; locale: Locale; t: InboxWords }) {
  const status = await getTranslations({ locale, namespace: 'people.room.status' })
  const { rows, more } = q ? await tieCandidates(q) : await guesses(mail)
  const here = getPathname({ href: { pathname: '/organise/inbox/[id]', params: { id: mail.id } }, locale })
  const known = mail.kind === 'words' ? 'words' : tiedAs.find((one) => one === mail.detail.word)
  const option = ({ id, name, address, status: stands, event }: TieCandidate) => ({
    value: id,
    label: <>{name}, <span lang={event.language === locale ? undefined : event.language}>{typo(event.title, localeOf(event.language))}</span></>,
    hint: `${address}, ${status(stands)}, ${sayWhen(momentOf(event), locale, { today: today(), zone: false })}`,
  })
  return (
    <Stack>
      <p className={styles.why}>{mail.registration ? t('tie.ledeKnown', { name: mail.registration.name }) : t('tie.lede')}</p>
      <SearchForm className={styles.search} action={`${here}#tie`} label={t('tie.search')} find={t('tie.find')} q={q} />
      {rows.length === 0 ? <p className="muted">{q ? t('tie.nothing', { q }) : t('tie.noGuess')}</p> : (
        <TieForm
          act={tieMail}
          mail={mail.id}
          locale={locale}
          registrations={rows.map(option)}
          meanings={tiedAs.map((value) => ({ value, label: t(`tie.means.${value}`), hint: t(`tie.means.${value}Hint`) }))}
          chosen={{ registration: rows.find(({ id }) => id === mail.registrationId)?.id ?? (rows.length === 1 ? rows[0].id : undefined), as: known }}
          says={{
            which: t('tie.which'), whichHint: q ? t('tie.whichFound', { q }) : t('tie.whichHint'), as: t('tie.as'), submit: t('tie.submit'), wrong: t('tie.wrong'),
            confirm: t('tie.ask.confirm'), back: t('tie.ask.back'),
          }}
        />
      )}
      {more && <p className="muted">{t('tie.more')}</p>}
    </Stack>
  )
}

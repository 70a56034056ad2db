import { getTranslations } from 'next-intl/server'
import { StandingAct, StandingDates, StandingSaid, stateOfStanding } from '@/app/[locale]/standing-dates'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { Details, Section, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { capability } from '@/lib/ids'
import { pathOf } from '@/lib/pathnames'
import { type HeldStanding, standingDates, standingsOfPerson } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'
import styles from './me.module.css'

/** « Inscrivez-moi à tous les Cafés »: each with its coming dates, and how to pause, resume or end it. */
export async function OwnStandings({ addressFolds, locale, said }: { addressFolds: string[]; locale: Locale; said?: string }) {
  const t = await getTranslations({ locale, namespace: 'mine.me' })
  const standings = await standingsOfPerson(addressFolds)
  return (
    <Section title={t('parts.standing')} id="standing">
      <Stack>
        <StandingSaid said={said} locale={locale} />
        {standings.length === 0 && <p className="measure">{t('standing.none')}</p>}
        {standings.map((standing) => <OwnStanding key={standing.id} standing={standing} locale={locale} showsAddress={addressFolds.length > 1} />)}
      </Stack>
    </Section>
  )
}

async function OwnStanding({ standing, locale, showsAddress }: { standing: HeldStanding; locale: Locale; showsAddress: boolean }) {
  const t = await getTranslations({ locale, namespace: 'mine' })
  const [state, dates] = [stateOfStanding(standing), await standingDates(standing)]
  const name = typo(locale === 'en' ? standing.series.nameEn : standing.series.nameFr, locale)
  const act = (does: string, label: string, look: 'ghost' | 'quiet') => <StandingAct standing={standing} locale={locale} from="me" act={does} label={label} look={look} />
  return (
    <article className={styles.standing}>
      <Stack close>
        <h3>{name}</h3>
        <p>{t(`standing.state.${state}`)} {showsAddress && t('me.at', { address: standing.address })}</p>
        {(state === 'running' || state === 'paused') && (
          <Details summary={t('me.standing.dates', { count: dates.length })}>
            <StandingDates standing={standing} dates={dates} locale={locale} from="me" />
          </Details>
        )}
        <Buttons>
          {state === 'running' && act('pause', t('standing.pause'), 'ghost')}
          {state === 'paused' && act('resume', t('standing.resume'), 'ghost')}
          {state === 'unproven' && act('resume', t('standing.start'), 'ghost')}
          {state === 'ended' ? act('resume', t('standing.again'), 'ghost') : state !== 'unproven' && act('end', t('standing.end'), 'quiet')}
          <LinkButton look="quiet" href={pathOf('/standing/[token]', { token: capability('standing', standing.id, standing.generation) }, locale)}>
            {t('me.standing.open')}<span className="visually-hidden"> {name}</span>
          </LinkButton>
        </Buttons>
      </Stack>
    </article>
  )
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { StandingAct, StandingDates, StandingSaid, stateOfStanding } from '@/app/[locale]/standing-dates'
import { Buttons } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { findStanding, standingDates } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'

interface Props {
  params: Promise<{ locale: Locale; token: string }>
  searchParams: Promise<{ said?: string }>
}

/** Asked for by the head and by the body of one page; looked up once. */
const heldBy = cache((token: string) => findStanding({ token }))

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { locale, token } = await params
  const t = await getTranslations({ locale, namespace: 'mine.standing' })
  const gone = (await heldBy(token)) === 'gone'
  return { title: t('over'), robots: { index: false, follow: false }, referrer: 'same-origin', other: gone ? { status: '410' } : {} }
}

/** What the letter's link opens: which format, whose, and buttons. Looking changes nothing; only a POST does. */
export default async function StandingPage({ params, searchParams }: Props) {
  const { locale, token } = await params
  const standing = await heldBy(token)
  if (!standing) notFound()
  const t = await getTranslations({ locale, namespace: 'mine.standing' })
  if (standing === 'gone') return <Page narrow><PageHead title={t('gone')}><p>{t('goneWords')}</p></PageHead></Page>

  const { said } = await searchParams
  const state = stateOfStanding(standing)
  const { series, name, address } = standing
  const act = (name: string, label: string, look: 'accent' | 'ghost' | 'danger') => <StandingAct standing={standing} locale={locale} act={name} label={label} look={look} />
  return (
    <Page narrow>
      <PageHead overline={t('over')} title={typo(locale === 'en' ? series.nameEn : series.nameFr, locale)}><p>{t('of', { name, address })}</p></PageHead>
      <Stack>
        <StandingSaid said={said} locale={locale} />
        <Notice id="state" tone={state === 'running' ? 'success' : 'info'} title={t(`state.${state}`)} />
        {state === 'unproven' && <><p>{t('startWords')}</p><Buttons>{act('resume', t('start'), 'accent')}</Buttons></>}
        {state === 'paused' && <Buttons>{act('resume', t('resume'), 'accent')}{act('end', t('end'), 'danger')}</Buttons>}
        {state === 'ended' && <Buttons>{act('resume', t('again'), 'ghost')}</Buttons>}
        {state !== 'unproven' && (
          <Section title={t('dates')} id="dates">
            <StandingDates standing={standing} dates={await standingDates(standing)} locale={locale} />
          </Section>
        )}
        {state === 'running' && (
          <Section title={t('endTitle')} id="end">
            <Stack close>
              <p>{t('endWords')}</p>
              <Buttons>{act('pause', t('pause'), 'ghost')}{act('end', t('end'), 'danger')}</Buttons>
            </Stack>
          </Section>
        )}
        <p><a href={getPathname({ href: { pathname: '/series/[slug]', params: { slug: series.slug } }, locale })}>{t('series')}</a></p>
      </Stack>
    </Page>
  )
}

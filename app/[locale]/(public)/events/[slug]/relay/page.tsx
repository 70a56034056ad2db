import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { datePartsOf, eventHref, otherLanguage, pigmentOf } from '@/app/[locale]/event-words'
import { Arrival } from '@/app/_ui/arrival'
import { classNames } from '@/app/_ui/class-names'
import { LinkButton } from '@/app/_ui/button'
import { DateBlock } from '@/app/_ui/date-block'
import { Notice } from '@/app/_ui/notice'
import { Columns, Page, Section, Stack } from '@/app/_ui/page'
import { pigmentClass } from '@/app/_ui/pigment'
import { Band } from '@/app/_ui/programme'
import { alternates, getPathname, permanentRedirect } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { relaysAt } from '@/lib/coverage/queries'
import { mayBeRelayed } from '@/lib/coverage/rules'
import { eventBySlug } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { sayDay, typo } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { RelayForm } from './relay-form'
import styles from './relay.module.css'
import list from '@/app/[locale]/(public)/events/[slug]/resource-list.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

const eventHere = cache(async (slug: string) => {
  const event = await eventBySlug(decodeURIComponent(slug))
  return event && mayBeRelayed(event) ? event : null
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  const event = await eventHere(slug)
  if (!event) return {}
  const t = await getTranslations({ locale, namespace: 'relay.page' })
  return {
    title: t('metaTitle', { title: typo(shown(event, locale).title, locale) }),
    description: t('description'),
    alternates: alternates({ pathname: '/events/[slug]/relay', params: { slug: event.slug } }, locale),
  }
}

/** « Chez moi aussi »: what any house needs to hold this session at its own place, and where it tells what came of it. */
export default async function RelayPage({ params, searchParams }: Props) {
  const { locale, slug } = await params
  const event = await eventHere(slug)
  if (!event) notFound()
  const href = (pathname: '/events/[slug]/relay' | '/events/[slug]/relay/kit.zip' | '/events/[slug]/relay/poster.pdf') => ({ pathname, params: { slug: event.slug } })
  if (event.slug !== decodeURIComponent(slug)) permanentRedirect({ href: href('/events/[slug]/relay'), locale })
  const [t, all, words, relays, asked] = await Promise.all([
    getTranslations({ locale, namespace: 'relay.page' }), getTranslations({ locale, namespace: 'relay' }), getTranslations({ locale, namespace: 'event' }), relaysAt(event.id), searchParams,
  ])
  const { title, language } = shown(event, locale)
  const hasBegun = event.startsAt <= now()
  const isSent = [asked.done].flat()[0] === 'sent'
  const parts = (['poster', 'quotes', 'rundown', 'site'] as const).filter((part) => part !== 'quotes' || event.recommendations.some(({ origin }) => origin === 'chosen'))
  return (
    <>
      <Band pigment={pigmentOf(event)} date={<DateBlock size="band" {...datePartsOf(event, locale, words, { hour: false })} />} over={<p>{t('over')}</p>} title={typo(title, language as Locale)} lang={otherLanguage(language, locale)}>
        <p><a href={eventHref(event.slug, locale)}>{t('toEvent')}</a></p>
      </Band>
      <Page>
        <Columns aside={<Steps locale={locale} pigment={pigmentOf(event)} />}>
          <Stack>
            {isSent && <Notice id="told" tone="success" live="status" title={t('sent')} />}
            {isSent && <Arrival id="told" />}
            <p className="lede">{t('lede')}</p>
            <Section title={t('kit')} id="kit">
              <div className={styles.kit}>
                <p className="measure">{t('kitText')}</p>
                <div className={styles.doors}>
                  <LinkButton href={getPathname({ href: href('/events/[slug]/relay/kit.zip'), locale })} download><span>{t('download')} <span className="no-break">({t('zip')})</span></span></LinkButton>
                  <a href={getPathname({ href: href('/events/[slug]/relay/poster.pdf'), locale })}>{t('poster')} ({t('pdf')})</a>
                </div>
                <ul className={styles.parts} aria-label={t('inside')}>{parts.map((part) => <li key={part}>{t(`parts.${part}`)}</li>)}</ul>
                {!parts.includes('quotes') && <p className="small muted">{t('noRecommendations')}</p>}
              </div>
            </Section>
            {hasBegun && (
              <Section title={t('form')} id="tell">
                <p className="measure">{t('formText')}</p>
                <RelayForm
                  key={isSent ? 'sent' : 'new'}
                  fields={{ event: event.slug, locale }}
                  between={{ from: event.startDate, to: wallOf(now(), event.timeZone).date }}
                  words={{ house: t('house'), houseHint: t('houseHint'), date: t('date'), dateHint: t('dateHint'), text: t('text'), textHint: t('textHint'), send: t('send'), wrong: t('wrong') }}
                />
                <p className={styles.small}>{t('privacy')} {all('noDepth')}</p>
              </Section>
            )}
            {hasBegun && (
              <Section title={t('also')} id="relays">
                {relays.length === 0 ? <p className="muted">{t('noneYet')}</p> : (
                  <ul className={list.houses}>
                    {relays.map(({ id, house, heldOn, text, language: own }) => (
                      <li key={id}>
                        <p className={list.house}>{house}</p>
                        <p className={list.about}>{sayDay(heldOn.toISOString().slice(0, 10), locale, { weekday: false })}</p>
                        <p className={list.words} lang={otherLanguage(own, locale)}>{typo(text, own === 'en' ? 'en' : 'fr')}</p>
                      </li>
                    ))}
                  </ul>
                )}
              </Section>
            )}
          </Stack>
        </Columns>
      </Page>
    </>
  )
}

async function Steps({ locale, pigment }: { locale: Locale; pigment: string }) {
  const t = await getTranslations({ locale, namespace: 'relay.page' })
  return (
    <Section id="steps" title={t('steps')} quiet>
      <ol className={classNames(styles.steps, pigmentClass(pigment))}>{(['step1', 'step2', 'step3'] as const).map((step) => <li key={step}><span>{t(step)}</span></li>)}</ol>
    </Section>
  )
}

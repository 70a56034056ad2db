import { getTranslations } from 'next-intl/server'
import { eventHref, momentOf, otherLanguage, today } from '@/app/[locale]/event-words'
import { LinkButton } from '@/app/_ui/button'
import { CopyField } from '@/app/_ui/copy-field'
import { Glyph } from '@/app/_ui/glyph'
import { pigmentClass } from '@/app/_ui/pigment'
import type { Locale } from '@/i18n/routing'
import type { SubscribeLinks } from '@/lib/calendar/rules'
import type { EventCard } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { sayWhen, typo } from '@/lib/text'
import type { Choice } from './choice'
import styles from './subscribe.module.css'

type Props = { chosen: Choice; title: string; address: string; links: SubscribeLinks; next: EventCard | null; locale: Locale }

/** The one act of the page: the chosen calendar on its ground, a button that opens it, and the address to copy. */
export async function SubscribePanel({ chosen, title, address, links, next, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'subscribe' })
  const { kind, name, lang, pigment, glyph, report } = chosen
  return (
    <section className={styles.panel} aria-labelledby="chosen">
      <header className={`${styles.slab} ${pigmentClass(pigment)}`}>
        {glyph && <Glyph name={glyph} className={styles.glyph} />}
        <p className={styles.kind}>{report ? t.rich('kind.recommendation', { number: report.number, report: () => <span lang={report.lang}>{report.title}</span> }) : t(`kind.${kind as 'events'}`)}</p>
        <h2 id="chosen" className={styles.name} lang={lang}>{name}</h2>
        {kind !== 'event' && <p className={styles.next}>{next ? <Next event={next} words={t('panel.next')} locale={locale} /> : t('panel.nothing')}</p>}
      </header>
      <div className={styles.acts}>
        <LinkButton wide href={links.webcal} aria-describedby="webcal">{t('panel.open')}</LinkButton>
        <p id="webcal" className="small no-print">{t('panel.where')}</p>
        <CopyField name="address" label={t('panel.address')} hint={t('panel.hint')} value={address} words={{ copy: t('panel.copy'), done: t('panel.copied'), refused: t('panel.refused') }} />
        <p className={`small no-print ${styles.send}`}><a href={`mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(t('panel.letter', { address }))}`}>{t('panel.send')}</a></p>
      </div>
    </section>
  )
}

function Next({ event, words, locale }: { event: EventCard; words: string; locale: Locale }) {
  const { title, language } = shown(event, locale)
  return (
    <>
      {words} {typo(sayWhen(momentOf(event), locale, { today: today(), zone: false }), locale)},{' '}
      <a href={eventHref(event.slug, locale)} lang={otherLanguage(language, locale)}>{typo(title, language as Locale)}</a>
    </>
  )
}

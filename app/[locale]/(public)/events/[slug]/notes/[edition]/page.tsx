import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { alternates, permanentRedirect } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { shown } from '@/lib/events/rules'
import { editionNumber } from '@/lib/notes/rules'
import { EditionArticle } from '@/app/[locale]/(public)/events/[slug]/notes/edition-article'
import { hrefOf, hrefOfEdition } from '@/app/[locale]/(public)/events/[slug]/notes/edition-href'
import { readingOf } from '@/app/[locale]/(public)/events/[slug]/notes/reading'

interface Props {
  params: Promise<{ locale: Locale; slug: string; edition: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug, edition } = await params
  const number = editionNumber(edition)
  const reading = number === null ? null : await readingOf(decodeURIComponent(slug), number)
  if (!reading?.page || reading.event.status === 'draft') return {}
  const { event, page, mayRead } = reading
  const t = await getTranslations({ locale, namespace: 'restitution.page' })
  const isCurrent = page.current === page.number
  return {
    title: t('metaEdition', { number: page.number, title: shown(event, locale).title }),
    // What everybody looks for is the newest one, at the address without a number.
    alternates: isCurrent ? alternates(hrefOf('/events/[slug]/notes', event.slug), locale) : alternates(hrefOfEdition(event.slug, page.number), locale),
    ...(isCurrent && event.notesVisibility === 'all' ? {} : { robots: { index: false } }),
    ...(mayRead && page.withdrawnAt ? { other: { status: '410' } } : {}),
  }
}

/** One edition at its own address, for ever: what was cited is found as it was, or that it was withdrawn. */
export default async function OneEditionPage({ params }: Props) {
  const { locale, slug, edition } = await params
  const number = editionNumber(edition)
  const reading = number === null ? null : await readingOf(decodeURIComponent(slug), number)
  if (!reading?.page || number === null) notFound()
  if (reading.event.slug !== decodeURIComponent(slug)) permanentRedirect({ href: hrefOfEdition(reading.event.slug, number), locale })
  return <EditionArticle reading={reading} locale={locale} isOwn />
}

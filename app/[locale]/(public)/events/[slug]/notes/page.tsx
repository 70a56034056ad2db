import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { alternates, permanentRedirect } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { shown } from '@/lib/events/rules'
import { EditionArticle } from './edition-article'
import { hrefOf } from './edition-href'
import { readingOf } from './reading'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, slug } = await params
  const reading = await readingOf(decodeURIComponent(slug))
  if (!reading || reading.event.status === 'draft') return {}
  const { event, page, mayRead } = reading
  const t = await getTranslations({ locale, namespace: 'notes.page' })
  const title = t('metaTitle', { title: shown(event, locale).title })
  return {
    title,
    alternates: alternates(hrefOf('/events/[slug]/notes', event.slug), locale),
    openGraph: { title, type: 'article' },
    ...(event.notesVisibility === 'all' ? {} : { robots: { index: false } }),
    ...(mayRead && page && !page.edition ? { other: { status: '410' } } : {}),
  }
}

/** The edition that is read: the newest that stands. */
export default async function RestitutionPage({ params }: Props) {
  const { locale, slug } = await params
  const reading = await readingOf(decodeURIComponent(slug))
  if (!reading) notFound()
  if (reading.event.slug !== decodeURIComponent(slug)) permanentRedirect({ href: hrefOf('/events/[slug]/notes', reading.event.slug), locale })
  return <EditionArticle reading={reading} locale={locale} />
}

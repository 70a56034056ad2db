import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { requireOrganiser } from '@/app/_session/actor'
import { Notice } from '@/app/_ui/notice'
import { Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { DocumentView } from '@/app/[locale]/(public)/events/[slug]/notes/document-view'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { seriesBySlug } from '@/lib/series/queries'
import { saveTemplate } from './actions'
import { previewOf, proposed } from './preview'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'template' })
  return { title: t('title') }
}

/** What the notes of a series' sessions begin with, and how that will look. */
export default async function TemplateRoom({ params, searchParams }: Props) {
  const { locale, slug } = await params
  await requireOrganiser({ locale })
  const series = await seriesBySlug(slug)
  if (!series) notFound()
  const [t, view, asked] = await Promise.all([getTranslations({ locale, namespace: 'template' }), getTranslations({ locale, namespace: 'notes.page' }), searchParams])
  const template = series.notesTemplate ?? proposed(locale)
  const preview = previewOf(template, locale, { title: t('example.title'), question: t('example.question'), followUp: t('example.followUp'), speaker: t('example.speaker') })
  return (
    <Page>
      <PageHead overline={<a href={getPathname({ href: { pathname: '/series/[slug]', params: { slug } }, locale })}>{locale === 'en' ? series.nameEn : series.nameFr}</a>} title={t('title')}><p>{t('lede')}</p></PageHead>
      <Stack>
        {saidDone(asked.done, ['saved'] as const) && <Notice tone="success" live="status" title={t('saved')} />}
        {series.notesTemplate === null && <Notice title={t('proposed')}><p>{t('proposedText')}</p></Notice>}
        <TextForm act={saveTemplate} fields={{ series: slug, locale }} label={t('save')} wrong={t('wrong')} questions={[{ name: 'template', kind: 'text', rows: 20, max: 20_000, label: t('label'), hint: t('hint'), value: template }]} />
        <Section id="preview" title={t('preview')} quiet>
          <Stack>
            <p className="muted">{t('previewText')}</p>
            {preview && <DocumentView document={preview} targets={{ themes: new Map(), recommendations: new Map() }} locale={locale} language={locale} words={{ permalink: view('permalink'), about: view('tags') }} />}
          </Stack>
        </Section>
      </Stack>
    </Page>
  )
}

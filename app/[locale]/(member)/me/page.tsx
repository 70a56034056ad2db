import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requirePerson } from '@/app/_session/actor'
import type { Locale } from '@/i18n/routing'

interface Props {
  params: Promise<{ locale: Locale }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'login.me' })
  return { title: t('title') }
}

/** One's own place; what one is registered for stands below what the layout says. */
export default async function MePage({ params }: Props) {
  await requirePerson({ locale: (await params).locale })
  return null
}

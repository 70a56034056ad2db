import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import NotFound from '@/app/[locale]/not-found'

/**
 * `notFound()` leaves Next as an empty page that only a script fills. The server sends this one in its place, under
 * the 404, so that whoever reads without scripts is told too.
 */
export default NotFound

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('frame.notFound')
  return { title: t('title'), robots: { index: false } }
}

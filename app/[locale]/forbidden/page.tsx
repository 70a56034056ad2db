import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Forbidden from '@/app/[locale]/forbidden'

/** The page of a 403, whole: what the server sends in place of the empty one that only a script fills. */
export default Forbidden

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('login.forbidden')
  return { title: t('title'), robots: { index: false } }
}

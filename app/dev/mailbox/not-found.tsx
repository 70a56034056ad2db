import { getTranslations } from 'next-intl/server'
import { PageHead } from '@/app/_ui/page'
import { readerLocale } from './entry'

/** Says the same to who has no key and to who asks for a letter that is not there. */
export default async function NotFound() {
  const t = await getTranslations({ locale: await readerLocale(), namespace: 'mailbox.notFound' })
  return (
    <>
      <title>{t('title')}</title>
      <PageHead overline="404" title={t('title')}>
        <p>{t('text')}</p>
      </PageHead>
    </>
  )
}

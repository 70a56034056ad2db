import { getTranslations } from 'next-intl/server'
import { CopyField } from '@/app/_ui/copy-field'
import { Details, Section } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import styles from './share-picture.module.css'

type Props = {
  title: string
  /** The picture's address, whole, and that of the page behind it. */
  picture: string
  page: string
  alt: string
  size: { width: number; height: number }
  locale: Locale
  children?: React.ReactNode
}

/** The picture at its fixed address, and what to paste into an article: an image in a link, which any site takes. */
export async function SharePicture({ title, picture, page, alt, size, locale, children }: Props) {
  const t = await getTranslations({ locale, namespace: 'coverage.share' })
  const words = { copy: t('copy'), done: t('copied'), refused: t('cannot') }
  const html = `<a href="${attribute(page)}"><img src="${attribute(picture)}" alt="${attribute(alt)}" width="${size.width}" height="${size.height}" loading="lazy"></a>`
  return (
    <Section title={title} id="share">
      <div className={styles.share}>
        <div>
          <p className={styles.text}>{t('text')}</p>
          <CopyField name="picture" label={t('address')} value={picture} words={words} />
          <CopyField name="picture-html" label={t('html')} value={html} words={words} />
          {children}
        </div>
        <Details summary={t('preview')}>
          <p className={styles.picture}><img src={new URL(picture).pathname} alt={alt} width={size.width} height={size.height} loading="lazy" /></p>
        </Details>
      </div>
    </Section>
  )
}

const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Buttons, LinkButton } from '@/app/_ui/button'
import { Details, Facts, PageHead, Section } from '@/app/_ui/page'
import { isId } from '@/lib/ids'
import { mailboxPath, readerLocale, requireKey } from '@/app/dev/mailbox/entry'
import { linesTold, sayValue } from '@/app/dev/mailbox/invitation'
import styles from '@/app/dev/mailbox/mailbox.module.css'
import { PartTree } from '@/app/dev/mailbox/part-tree'
import { whenWritten } from '@/app/dev/mailbox/when-written'
import { mailboxLetter } from '@/lib/mail/queries'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireKey()
  const { id } = await params
  return { title: (isId(id) && (await mailboxLetter(id))?.subject) || undefined }
}

/** One letter: as it looks, as it reads, what a calendar makes of it, and the bytes. */
export default async function LetterPage({ params }: Props) {
  await requireKey()
  const { id } = await params
  const letter = isId(id) ? await mailboxLetter(id) : null
  if (!letter) notFound()

  const locale = await readerLocale()
  const t = await getTranslations({ locale, namespace: 'mailbox' })
  const here = `${mailboxPath}/${letter.id}`
  return (
    <>
      <PageHead
        overline={<a href={mailboxPath}>{t('back')}</a>}
        title={<span lang={letter.locale} className={styles.title}>{letter.subject}</span>}
        aside={
          <Facts
            facts={[
              { term: t('from'), detail: letter.sender },
              { term: t('recipient'), detail: letter.recipient },
              { term: t('returnPath'), detail: <span className={styles.value}>{letter.returnPath}</span> },
              { term: t('date'), detail: whenWritten(letter.createdAt, locale) },
              { term: t('kind'), detail: <span className={styles.mono}>{letter.kind}</span> },
            ]}
          />
        }
      />
      <Buttons>
        <LinkButton look="ghost" href={`${here}/eml`} download>{t('downloadLetter')}</LinkButton>
        {letter.calendar && <LinkButton look="ghost" href={`${here}/ics`} download>{t('downloadInvitation')}</LinkButton>}
      </Buttons>
      <Section title={t('seen')} id="seen">
        {/* Its own answer forbids it everything but showing itself and opening links elsewhere. */}
        <iframe className={styles.frame} src={`${here}/body`} title={t('seen')} sandbox="allow-popups allow-popups-to-escape-sandbox" />
      </Section>
      {letter.calendar && (
        <Section title={t('invitation')} id="invitation" beside={letter.calendarMethod}>
          <Facts
            facts={linesTold(letter.calendar).map((line) => ({
              term: t.has(`line.${line.name}`) ? `${t(`line.${line.name}`)} (${line.name})` : line.name,
              detail: <span className={styles.value}>{sayValue(line)}</span>,
            }))}
          />
          <Details summary={t('raw')}>
            <pre className={styles.source} tabIndex={0}>{letter.calendar}</pre>
          </Details>
        </Section>
      )}
      <Section title={t('text')} id="text">
        <pre className={styles.text} lang={letter.locale} tabIndex={0}>{letter.text}</pre>
      </Section>
      <Section title={t('message')} id="message">
        <Details summary={t('parts')} open>
          <PartTree part={letter.parts} />
        </Details>
        <Details summary={t('headers')}>
          <pre className={styles.source} tabIndex={0}>{letter.headers}</pre>
        </Details>
      </Section>
    </>
  )
}

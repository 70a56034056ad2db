import { config } from '@/lib/config'
import { inTransaction } from '@/lib/db'
import { newId } from '@/lib/ids'
import { writeLetter } from './write-letter'

const words = {
  fr: { subject: 'Un message d’essai', text: 'Ce message a été demandé par l’équipe technique, pour voir que les messages partent et arrivent. Il n’appelle pas de réponse.' },
  en: { subject: 'A test letter', text: 'This letter was asked for by those who run the site, to see that letters leave and arrive. It needs no answer.' },
}

/** A letter that says it is only a test, composed already: what is tried is the way out. Resolves to its id. */
export async function writeTest(address: string): Promise<string> {
  const { defaultLocale: locale, appUrl, mailFrom } = config()
  const about = `test/${newId()}`
  const { subject, text } = words[locale]
  return inTransaction(async (tx) => {
    await writeLetter(tx, { about, kind: 'test', revision: 0, locale, to: { address } })
    await tx.$executeRaw`
      UPDATE "Letter" SET "composedAt" = clock_timestamp(), subject = ${subject}, text = ${`${text}\n\n-- \n${mailFrom.name}\n${appUrl}\n`} WHERE about = ${about}`
    return (await tx.letter.findFirstOrThrow({ where: { about }, select: { id: true } })).id
  })
}

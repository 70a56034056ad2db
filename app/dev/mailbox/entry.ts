import { cookies, headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { config } from '@/lib/config'
import { capability, sameToken } from '@/lib/ids'
import { hasMailbox } from '@/lib/mail/queries'

export const mailboxPath = '/dev/mailbox'

/** 404 for whoever has not come in with the key, and for everybody where letters leave by SMTP. */
export async function requireKey() {
  const { name } = keyCookie()
  const shown = (await cookies()).get(name)?.value
  if (!hasMailbox() || !shown || !opens(shown)) notFound()
}

export const opens = (key: string) => hasMailbox() && sameToken(key, capability('mailbox', 'mailbox'))

export function keyCookie() {
  const secure = config().appUrl.startsWith('https:')
  return {
    name: `${secure ? '__Secure-' : ''}parlons-en.mailbox`,
    options: { httpOnly: true, sameSite: 'lax' as const, path: mailboxPath, secure },
  }
}

/** A tool, with one address for both languages: the browser says which. */
export async function readerLocale(): Promise<'fr' | 'en'> {
  const first = (await headers()).get('accept-language')?.match(/\b(fr|en)\b/i)?.[1].toLowerCase()
  return first === 'fr' || first === 'en' ? first : config().defaultLocale
}

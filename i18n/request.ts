import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { config } from '@/lib/config'
import { messagesOf } from './messages'
import { routing } from './routing'

export default getRequestConfig(async ({ requestLocale }) => {
  const asked = await requestLocale
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  return { locale, messages: await messagesOf(locale), timeZone: config().defaultTimeZone }
})

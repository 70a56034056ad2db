import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Locale } from '@/i18n/routing'

/** Brings the form's own sentences to the browser, and no others. */
export async function FormMessages({ locale, children }: { locale: Locale; children: ReactNode }) {
  const { organise, missing } = await getMessages({ locale })
  return <NextIntlClientProvider locale={locale} messages={{ organise: { form: organise.form }, missing: { likely: missing.likely } }}>{children}</NextIntlClientProvider>
}

import createNextIntlPlugin from 'next-intl/plugin'

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // server/answer.ts compresses what it has collected.
  compress: false,
  // They are of `npm run types`, which the tests run: a start need not wait for them.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', 'pg-boss', 'nodemailer', '@prisma/adapter-pg', 'timezones-ical-library', 'imapflow', 'mailparser', 'smtp-server', 'pdfkit', '@cantoo/pdf-lib', 'yjs', '@tiptap/y-tiptap'],
  // Title and description stand in the head for everybody: nothing is streamed, and readers without scripts look there.
  htmlLimitedBots: /.*/,
  // A person without the right sees a page that says so, with 403.
  // How much a form may send is decided before, by server/refuse.ts.
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: '9mb' } },
  devIndicators: false,
  allowedDevOrigins: ['localhost'],
}

export default createNextIntlPlugin('./i18n/request.ts')(config)

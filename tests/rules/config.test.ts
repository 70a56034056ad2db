import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '@/lib/config'

const SECRET = 'x'.repeat(32)

describe('without any variable', () => {
  const config = readConfig({})

  test('everything has the value that the contract says', () => {
    expect(config).toMatchObject({
      port: 3000,
      appUrl: 'http://localhost:3000',
      dataDir: '.data',
      hasDatabase: false,
      smtpUrl: undefined,
      mailFrom: { name: 'Parlons-en', address: 'parlons-en@parlons-en.localhost' },
      replyDomain: 'parlons-en.localhost',
      seed: 'demo',
      rateLimits: true,
      defaultTimeZone: 'Europe/Paris',
      defaultLocale: 'fr',
    })
  })

  test('nobody is believed about whom they forward', () => {
    expect(config.trustedProxies.check('127.0.0.1')).toBe(false)
  })

  test('asking for the database is an error, reading the rest is none', () => {
    expect(() => config.databaseUrl).toThrow('DATABASE_URL is not set')
  })
})

test('an empty value is none', () => {
  expect(readConfig({ SMTP_URL: '', PORT: ' ' }).port).toBe(3000)
})

test('the address follows the port, and mail follows the address', () => {
  expect(readConfig({ PORT: '4000' }).appUrl).toBe('http://localhost:4000')
  const config = readConfig({ APP_URL: 'https://parlons-en.example.org/' })
  expect(config.appUrl).toBe('https://parlons-en.example.org')
  expect(config.mailFrom.address).toBe('parlons-en@parlons-en.example.org')
  expect(config.replyDomain).toBe('parlons-en.example.org')
})

test.each(['http://127.0.0.1:3000', 'http://[::1]:3000', 'http://localhost', 'http://intranet'])(
  '%s is no domain for mail',
  (APP_URL) => {
    expect(readConfig({ APP_URL }).mailFrom.address).toBe('parlons-en@parlons-en.localhost')
  },
)

test.each([
  ['TMN lab <lab@mail.example>', { name: 'TMN lab', address: 'lab@mail.example' }],
  ['"Lab, the" <lab@mail.example>', { name: 'Lab, the', address: 'lab@mail.example' }],
  ['lab@mail.example', { name: 'Parlons-en', address: 'lab@mail.example' }],
])('MAIL_FROM %s is understood', (MAIL_FROM, sender) => {
  const config = readConfig({ MAIL_FROM })
  expect(config.mailFrom).toEqual(sender)
  expect(config.replyDomain).toBe('mail.example')
})

test('the networks of our proxies are believed, and no others', () => {
  const { trustedProxies } = readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7, 2001:db8::/32' })
  expect(['10.9.8.7', '192.0.2.7'].every((address) => trustedProxies.check(address))).toBe(true)
  expect(trustedProxies.check('2001:db8::1', 'ipv6')).toBe(true)
  expect(['192.0.2.8', '11.0.0.1'].some((address) => trustedProxies.check(address))).toBe(false)
})

test.each([
  ['PORT', 'abc', '3000'],
  ['PORT', '70000', '65535'],
  ['APP_URL', 'parlons-en.example.org', 'https://'],
  ['APP_URL', 'https://example.org/path', 'without path'],
  ['DATABASE_URL', 'mysql://a/b', 'postgresql://'],
  ['DATABASE_URL', 'postgresql://host', 'postgresql://'],
  ['AUTH_SECRET', 'short', '32 characters'],
  ['SMTP_URL', 'http://mail', 'smtp://'],
  ['MAIL_FROM', 'Anne', 'example.org'],
  ['MAIL_FROM', 'a@b.example, c@d.example', 'example.org'],
  ['MAIL_FROM', 'A <a@b.example>\r\nBcc: c@d.example', 'example.org'],
  ['REPLY_DOMAIN', 'a b', 'domain name'],
  ['INBOUND_SMTP_PORT', '0', '2525'],
  ['INBOUND_SMTP_PORT', '3000', 'another port than PORT'],
  ['IMAP_URL', 'https://mail', 'imaps://'],
  ['IMAP_URL', 'imaps://mail.example.org', 'user:password'],
  ['IMAP_URL', 'imaps://anne@mail.example.org', 'user:password'],
  ['IMAP_URL', 'imaps://anne:50%@mail.example.org', '%40'],
  ['ADMIN_EMAIL', 'anne', 'e-mail address'],
  ['SEED', 'all', 'demo, archive or none'],
  ['TRUSTED_PROXIES', '10.0.0.0/33', '10.0.0.0/8'],
  ['TRUSTED_PROXIES', 'proxy', '10.0.0.0/8'],
  ['RATE_LIMITS', 'no', 'on or off'],
  ['PEER_ADDRESS', 'http://10.0.0.3', '10.0.0.3:3000'],
  ['PEER_ADDRESS', '10.0.0.3:99999', '10.0.0.3:3000'],
  ['DEFAULT_TIME_ZONE', 'Mars/Olympus', 'Europe/Paris'],
  ['DEFAULT_TIME_ZONE', '+02:00', 'Europe/Paris'],
  ['DEFAULT_LOCALE', 'de', 'fr or en'],
  ['METRICS_TOKEN', 'x', '16 characters'],
])('%s=%s stops the start with one sentence that says how to mend it', (name, value, hint) => {
  const sentences = refusalOf({ [name]: value })
  expect(sentences).toHaveLength(1)
  expect(sentences[0]).toMatch(new RegExp(`^${name} must .*\\.$`))
  expect(sentences[0]).toContain(hint)
})

test('answers are read where they have a way in, and without one invitations ask for none', () => {
  expect(readConfig({}).answersRead).toBe(false)
  expect(readConfig({ INBOUND_SMTP_PORT: '2525' })).toMatchObject({ inboundSmtpPort: 2525, imapUrl: undefined, answersRead: true })
  const IMAP_URL = 'imaps://answers%40example.org:p%3A%2F@mail.example.org/Answers'
  expect(readConfig({ IMAP_URL: 'imaps://anne:secret@mail.example.org' }).answersRead).toBe(true)
  expect(readConfig({ IMAP_URL })).toMatchObject({ inboundSmtpPort: undefined, imapUrl: IMAP_URL, answersRead: true })
})

test('the port of mail and that of pages are two', () => {
  expect(refusalOf({ PORT: '2525', INBOUND_SMTP_PORT: '2525' })).toEqual([expect.stringMatching(/^INBOUND_SMTP_PORT must .*2526\.$/)])
})

test('a database of one’s own asks for a secret of one’s own', () => {
  const DATABASE_URL = 'postgresql://u:p@localhost/parlons_en'
  expect(refusalOf({ DATABASE_URL })).toEqual([expect.stringMatching(/^AUTH_SECRET must be given/)])
  expect(readConfig({ DATABASE_URL, AUTH_SECRET: SECRET }).databaseUrl).toBe(DATABASE_URL)
})

function refusalOf(variables: Record<string, string>) {
  try {
    readConfig(variables)
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences
    throw error
  }
  throw new Error('It was accepted')
}

import { BlockList, isIP } from 'node:net'
import { z } from 'zod'

/**
 * The only reader of the process's variables. Nothing is read before the first `config()`, so that a build,
 * which knows neither database nor address, can import everything.
 */
export function config(): Config {
  kept ??= readConfig(process.env)
  return kept
}

/** One readable sentence for each variable that is wrong. */
export class ConfigError extends Error {
  constructor(readonly sentences: string[]) {
    super(sentences.join('\n'))
    this.name = 'ConfigError'
  }
}

export interface Config {
  port: number
  /** The public origin, without a slash at its end. */
  appUrl: string
  /** Where other processes of the house reach this one, as `127.0.0.1:3000`. */
  peerAddress: string
  dataDir: string
  /** Throws where there is none: only a build runs without a database. */
  readonly databaseUrl: string
  hasDatabase: boolean
  /** Throws where there is none, as above. */
  readonly authSecret: string
  hasSecret: boolean
  /** Undefined: letters stay in the built-in mailbox. */
  smtpUrl: string | undefined
  mailFrom: { name: string; address: string }
  replyDomain: string
  /** Where our own listener takes answers, and the mailbox that is polled for them. */
  inboundSmtpPort: number | undefined
  imapUrl: string | undefined
  /** Does an answer of somebody's calendar reach us? With neither way in, invitations ask for none and say so. */
  answersRead: boolean
  adminEmail: string | undefined
  seed: 'demo' | 'archive' | 'none'
  /** `npm run dev`: what is edited is seen at once. */
  developing: boolean
  /** Networks whose X-Forwarded-For is believed. */
  trustedProxies: BlockList
  rateLimits: boolean
  defaultTimeZone: string
  defaultLocale: 'fr' | 'en'
  metricsToken: string | undefined
}

let kept: Config | undefined

export function readConfig(variables: Record<string, string | undefined>): Config {
  // An empty value (`SMTP_URL=` in a .env file) means the same as none.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()))
  const read = Variables.safeParse(given)
  if (!read.success) throw new ConfigError(read.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`))

  const v = read.data
  if (v.DATABASE_URL && !v.AUTH_SECRET) {
    throw new ConfigError([
      'AUTH_SECRET must be given together with DATABASE_URL, and be the same at every start: ' +
        '32 characters or more that nobody can guess, for example the output of `openssl rand -hex 32`.',
    ])
  }
  if (v.INBOUND_SMTP_PORT === v.PORT) {
    throw new ConfigError([`INBOUND_SMTP_PORT must be another port than PORT, which is ${v.PORT}, for example ${v.PORT === 2525 ? 2526 : 2525}.`])
  }
  const appUrl = v.APP_URL ?? `http://localhost:${v.PORT}`
  const mailFrom = v.MAIL_FROM ?? { name: 'Parlons-en', address: `parlons-en@${mailHost(appUrl)}` }
  return {
    port: v.PORT,
    appUrl,
    peerAddress: v.PEER_ADDRESS ?? `127.0.0.1:${v.PORT}`,
    dataDir: v.DATA_DIR,
    hasDatabase: v.DATABASE_URL !== undefined,
    get databaseUrl() {
      return wanted('DATABASE_URL', v.DATABASE_URL)
    },
    hasSecret: v.AUTH_SECRET !== undefined,
    get authSecret() {
      return wanted('AUTH_SECRET', v.AUTH_SECRET)
    },
    smtpUrl: v.SMTP_URL,
    mailFrom,
    replyDomain: v.REPLY_DOMAIN ?? mailFrom.address.split('@')[1],
    inboundSmtpPort: v.INBOUND_SMTP_PORT,
    imapUrl: v.IMAP_URL,
    answersRead: v.INBOUND_SMTP_PORT !== undefined || v.IMAP_URL !== undefined,
    adminEmail: v.ADMIN_EMAIL,
    seed: v.SEED,
    developing: variables.NODE_ENV === 'development',
    trustedProxies: v.TRUSTED_PROXIES,
    rateLimits: v.RATE_LIMITS === 'on',
    defaultTimeZone: v.DEFAULT_TIME_ZONE,
    defaultLocale: v.DEFAULT_LOCALE,
    metricsToken: v.METRICS_TOKEN,
  }
}

/** Completes the variables with what the start found out (the embedded database, the generated secret). */
export function completeConfig(found: { databaseUrl: string; authSecret: string }) {
  process.env.DATABASE_URL = found.databaseUrl
  process.env.AUTH_SECRET = found.authSecret
  kept = undefined
}

/** next-auth reads two variables of its own, whose names are nobody else's business. */
export function tellNextAuth() {
  process.env.NEXTAUTH_URL = config().appUrl
  process.env.NEXTAUTH_SECRET = config().authSecret
}

/** The variables for a child process, with those given laid over them. */
export function childVariables(over: Record<string, string | undefined> = {}) {
  return { ...process.env, ...over } as NodeJS.ProcessEnv // an undefined one is not passed on
}

/** Every variable of the contract, empty: a program started with these is not touched by the machine's own. */
export const noVariables = () => Object.fromEntries(Object.keys(Variables.shape).map((name) => [name, '']))

function wanted(name: string, value: string | undefined) {
  if (value === undefined) throw new Error(`${name} is not set: only \`npm start\` and its kin know the database`)
  return value
}

/** The domain of the sender where none is given; addresses of numbers and localhost make no mail domain. */
function mailHost(appUrl: string) {
  const { hostname } = new URL(appUrl)
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) || !hostname.includes('.') || hostname.endsWith('.localhost') ? 'parlons-en.localhost' : hostname
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i

const port = (example: number) =>
  z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535, {
      message: `must be a number from 1 to 65535, for example ${example}.`,
    })
    .transform(Number)

const Variables = z.object({
  PORT: port(3000).default(3000),
  APP_URL: z
    .string()
    .refine(isOrigin, {
      message: 'must be the public address, without path, for example https://parlons-en.example.org.',
    })
    .transform((text) => new URL(text).origin)
    .optional(),
  PEER_ADDRESS: z
    .string()
    .refine((text) => /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/i.test(text) && URL.canParse(`http://${text}`), {
      message: 'must be the host and port by which the other processes reach this one, for example 10.0.0.3:3000.',
    })
    .optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .refine((text) => isUrl(text, ['postgres:', 'postgresql:']) && new URL(text).pathname.length > 1, {
      message: 'must look like postgresql://user:password@host:5432/database.',
    })
    .optional(),
  AUTH_SECRET: z
    .string()
    .min(32, 'must have 32 characters or more, for example the output of `openssl rand -hex 32`.')
    .optional(),
  SMTP_URL: z
    .string()
    .refine((text) => isUrl(text, ['smtp:', 'smtps:']), {
      message: 'must look like smtp://user:password@host:587 (smtps:// where the connection begins encrypted).',
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .transform((text, context) => {
      const sender = parseSender(text)
      if (sender) return sender
      context.addIssue('must be an address, with or without a name, for example Parlons-en <parlons-en@example.org>.')
      return z.NEVER
    })
    .optional(),
  REPLY_DOMAIN: z
    .string()
    .regex(DOMAIN, 'must be a domain name that receives mail, for example answers.example.org.')
    .transform((text) => text.toLowerCase())
    .optional(),
  INBOUND_SMTP_PORT: port(2525).optional(),
  IMAP_URL: z
    .string()
    .refine((text) => isUrl(text, ['imap:', 'imaps:']) && isAccount(new URL(text)), {
      message: 'must look like imaps://user:password@host:993 (a folder other than INBOX may follow, as /Answers; @, : and / in name or password as %40, %3A and %2F).',
    })
    .optional(),
  ADMIN_EMAIL: z.string().regex(ADDRESS, 'must be one e-mail address, for example anne@example.org.').optional(),
  SEED: z.enum(['demo', 'archive', 'none'], 'must be demo, archive or none.').default('demo'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text, context) => {
      const networks = parseNetworks(text)
      if (networks) return networks
      context.addIssue('must be addresses or networks separated by commas, for example 127.0.0.1, 10.0.0.0/8.')
      return z.NEVER
    }),
  RATE_LIMITS: z.enum(['on', 'off'], 'must be on or off.').default('on'),
  DEFAULT_TIME_ZONE: z
    .string()
    .default('Europe/Paris')
    .refine(isTimeZone, { message: 'must be an IANA time zone, for example Europe/Paris.' }),
  DEFAULT_LOCALE: z.enum(['fr', 'en'], 'must be fr or en.').default('fr'),
  METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more.').optional(),
})

function isUrl(text: string, protocols: string[]) {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== ''
}

/** A name and a password, both of which can be decoded. */
function isAccount({ username, password, pathname }: URL) {
  try {
    return username !== '' && password !== '' && [username, password, pathname].map(decodeURIComponent).length === 3
  } catch {
    return false
  }
}

function isOrigin(text: string) {
  if (!isUrl(text, ['http:', 'https:'])) return false
  const { pathname, search, hash, username } = new URL(text)
  return pathname === '/' && search === '' && hash === '' && username === ''
}

function parseSender(text: string) {
  const match = /^\s*(?:"?([^"<>\r\n]*?)"?\s*<([^<>]+)>|([^<>]+))\s*$/.exec(text)
  const address = (match?.[2] ?? match?.[3])?.trim()
  if (!address || !ADDRESS.test(address)) return undefined
  return { name: match?.[1] || 'Parlons-en', address }
}

function parseNetworks(text: string) {
  const networks = new BlockList()
  for (const part of text.split(',').map((one) => one.trim()).filter(Boolean)) {
    const [address, length, ...rest] = part.split('/')
    const version = isIP(address)
    const bits = version === 6 ? 128 : 32
    if (version === 0 || rest.length > 0) return undefined
    if (length !== undefined && !(/^\d{1,3}$/.test(length) && Number(length) <= bits)) return undefined
    networks.addSubnet(address, Number(length ?? bits), version === 6 ? 'ipv6' : 'ipv4')
  }
  return networks
}

function isTimeZone(text: string) {
  try {
    return /[A-Za-z]/.test(text) && new Intl.DateTimeFormat('fr', { timeZone: text }).resolvedOptions() !== undefined
  } catch {
    return false
  }
}

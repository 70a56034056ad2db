import next from '@next/eslint-plugin-next'
import hooks from 'eslint-plugin-react-hooks'
import typescript from 'typescript-eslint'

/** The order of the business. A domain imports only earlier ones; each line of law below is made from this array. */
export const ORDER = [
  'jobs',
  'activity',
  'mail',
  'people',
  'reports',
  'series',
  'events',
  'calendar',
  'registrations',
  'attendance',
  'notes',
  'inbox',
  'coverage',
  'search',
  'broadcasts',
  'exports',
  'syndication',
  'privacy',
  'worker',
]

const BANS = {
  up: ban('^\\.\\./', 'Write "@/…" from the root, or "./" inside the folder: never "../".'),
  framework: ban('^(next|next-auth|next-intl|react|react-dom)(/|$)', 'lib knows no framework: what needs Next or React lives in app/, what is said by mail in emails/.'),
  app: ban('^@/(app|server|tests)(/|$)', 'Nothing imports how people reach us: move what is shared to a tool or a domain of lib/.'),
  // emails/facts.ts says what each letter is told: data, which whoever writes a letter to the outbox must know.
  emails: ban('^@/emails(?!/facts$)(/|$)', 'Only lib/mail renders emails/: write a letter to the outbox instead (lib/mail).'),
  domains: ban('^@/lib/(?!generated/)[^/]+/', 'A tool (a file directly in lib/) is about no domain, and emails/ imports only tools: pass what it needs as an argument.'),
  nextAuth: ban('^next-auth(/|$)', 'Only app/_session knows next-auth: ask app/_session who is asking.'),
  database: ban('^(@/lib/db|@/lib/generated/.*|pg|@prisma/.*)$', 'Pages read through queries and act through verbs: app/ touches no database.'),
  queue: ban('^pg-boss(/|$)', 'Only lib/jobs knows the queue: enqueue a job with lib/jobs/enqueue.'),
  sending: ban('^nodemailer(/|$)', 'Only lib/mail sends: write a letter to the outbox (lib/mail).'),
  acting: ban(
    '^@/lib/[^/]+/(?!(queries|rules|schema|access)$)',
    'A page reads, an action acts: call verbs from actions.ts or route.ts; a .tsx imports only queries, rules, schema or access of a domain.',
  ),
}

const everywhere = [BANS.up]
const inLib = [...everywhere, BANS.framework, BANS.app]

/** Flat configuration replaces a rule's options instead of adding to them: each layer's list is whole. */
const layers = [
  layer('everywhere', ['**/*.{ts,tsx}'], everywhere),
  layer('tools', ['lib/*.ts'], [...inLib, BANS.emails, BANS.domains, BANS.queue, BANS.sending]),
  ...ORDER.map(domain),
  layer('emails', ['emails/**/*.{ts,tsx}'], [...everywhere, BANS.app, BANS.domains, BANS.nextAuth, BANS.queue, BANS.sending]),
  layer('languages', ['i18n/**/*.{ts,tsx}'], [...everywhere, BANS.app, BANS.emails, BANS.domains, BANS.database, BANS.nextAuth]),
  layer('app acts', ['app/**/*.ts'], [...everywhere, BANS.emails, BANS.nextAuth, BANS.database, BANS.queue, BANS.sending]),
  layer('app reads', ['app/**/*.tsx'], [...everywhere, BANS.emails, BANS.nextAuth, BANS.database, BANS.queue, BANS.sending, BANS.acting]),
  layer('app asks who', ['app/_session/**/*.ts'], [...everywhere, BANS.emails, BANS.database, BANS.queue, BANS.sending]),
  layer('app asks who, on a page', ['app/_session/**/*.tsx'], [...everywhere, BANS.emails, BANS.database, BANS.queue, BANS.sending, BANS.acting]),
]

export default [
  { ignores: ['node_modules/', '.next/', '.data/', 'lib/generated/', 'test-results/', 'next-env.d.ts'] },
  ...typescript.configs.recommended,
  {
    plugins: { '@next/next': next, 'react-hooks': hooks },
    rules: {
      ...next.configs['core-web-vitals'].rules,
      ...hooks.configs.recommended.rules,
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Images are our own files in their own sizes: no optimiser stands between.
      '@next/next/no-img-element': 'off',
      // Plain links are right between parts of the site that share no layout.
      '@next/next/no-html-link-for-pages': 'off',
      'prefer-const': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXAttribute[name.name="style"]', message: 'The content policy refuses inline styles: use a CSS module.' },
        { selector: 'JSXOpeningElement[name.name="style"]', message: 'The content policy refuses inline styles: use a CSS module.' },
      ],
    },
  },
  // Letters are read by programs that know inline styles alone.
  { files: ['emails/**/*.tsx'], rules: { 'no-restricted-syntax': 'off' } },
  // Programs of the terminal speak on it; Playwright's fixtures look like hooks and are none.
  { files: ['server/**', 'tests/run.ts', 'bench/**', 'prisma/**'], rules: { 'no-console': 'off' } },
  { files: ['tests/**'], rules: { 'react-hooks/rules-of-hooks': 'off', 'no-empty-pattern': 'off' } },
  ...layers,
]

function layer(name, files, patterns) {
  return { name: `order: ${name}`, files, rules: { 'no-restricted-imports': ['error', { patterns }] } }
}

function domain(name, index) {
  const later = ORDER.slice(index + 1)
  const patterns = [...inLib]
  if (later.length > 0) {
    const order = `The order of the business is ${ORDER.join(' → ')}.`
    const instead = 'put the verb into the later domain, or enqueue a job that lib/worker connects'
    patterns.push(ban(`^@/lib/(${later.join('|')})(/|$)`, `${order} "${name}" imports only earlier domains: ${instead}.`))
  }
  if (name !== 'mail') patterns.push(BANS.emails, BANS.sending)
  if (name !== 'jobs') patterns.push(BANS.queue)
  return layer(name, [`lib/${name}/**/*.{ts,tsx}`], patterns)
}

function ban(regex, message) {
  return { regex, message }
}

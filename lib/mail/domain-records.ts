// What the DNS of a domain says about mail in its name, read as receivers read it.

export type Reading = { level: 'good' | 'note' | 'wrong'; says: string }

const good = (says: string): Reading => ({ level: 'good', says })
const note = (says: string): Reading => ({ level: 'note', says })
const wrong = (says: string): Reading => ({ level: 'wrong', says })

/** RFC 7208: who may send for the domain. `texts` are its TXT records, each joined. */
export function readSpf(domain: string, texts: string[]): Reading {
  const records = texts.filter((text) => /^v=spf1(\s|$)/i.test(text))
  if (records.length === 0) return wrong(`${domain} has no SPF record: publish a TXT record such as "v=spf1 include:<your mail provider> -all", else letters are taken for spam.`)
  if (records.length > 1) return wrong(`${domain} has ${records.length} SPF records, and receivers then heed none (RFC 7208 section 3.2): merge them into one.`)
  const terms = records[0].trim().split(/\s+/).slice(1).map((term) => term.toLowerCase())
  const unknown = terms.filter((term) => !/^[+?~-]?(all|include:\S+|a([:/]\S+)?|mx([:/]\S+)?|ptr(:\S+)?|ip4:\S+|ip6:\S+|exists:\S+)$|^[a-z][a-z0-9_.-]*=\S*$/.test(term))
  if (unknown.length > 0) return wrong(`The SPF record of ${domain} holds "${unknown[0].slice(0, 60)}", which receivers cannot read: they heed none of it.`)
  if (terms.some((term) => term === 'all' || term === '+all')) return wrong(`The SPF record of ${domain} ends in +all, which lets anybody send in its name: end it in -all or ~all.`)
  const questions = terms.filter((term) => /^[+?~-]?(include|a|mx|ptr|exists)(?=[:/]|$)|^redirect=/.test(term)).length
  if (questions > 10) return wrong(`The SPF record of ${domain} asks ${questions} questions of the DNS; receivers give up after 10 (RFC 7208 section 4.6.4).`)
  if (!terms.some((term) => /^[~?-]all$/.test(term) || term.startsWith('redirect='))) return note(`The SPF record of ${domain} has no end: add -all or ~all.`)
  return good(`${domain} says who may send for it (SPF: ${records[0].slice(0, 120)}).`)
}

/** RFC 6376 section 3.6.1: the key that signatures of this selector are checked with. */
export function readDkim(name: string, texts: string[]): Reading {
  const records = texts.map(tagsOf).filter((tags) => tags.has('p') && (tags.get('v') ?? 'DKIM1') === 'DKIM1')
  if (records.length === 0) return wrong(`${name} has no DKIM key: take the TXT record from your mail provider.`)
  if (records.length > 1) return wrong(`${name} has ${records.length} DKIM keys: which one is heeded is left to chance (RFC 6376 section 3.6.2.2).`)
  const [tags] = records
  const key = tags.get('p')?.replace(/\s/g, '') ?? ''
  if (key === '') return wrong(`The DKIM key at ${name} is revoked: its p= is empty.`)
  if ((tags.get('k') ?? 'rsa') === 'rsa' && Buffer.from(key, 'base64').length < 160) return note(`The DKIM key at ${name} has fewer than 1,280 bits: many receivers heed 2,048 only.`)
  if (tags.get('t')?.split(':').includes('y')) return note(`The DKIM key at ${name} says that it is only being tried (t=y): receivers may pass over it.`)
  return good(`A DKIM key stands at ${name}.`)
}

/** RFC 7489: what receivers are asked to do with what fails, and who hears of it. `at` is where the record was found. */
export function readDmarc(domain: string, at: string | null, texts: string[]): Reading {
  const records = texts.filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/i.test(text))
  if (at === null || records.length === 0) return wrong(`${domain} has no DMARC record: publish a TXT record at _dmarc.${domain} such as "v=DMARC1; p=none; rua=mailto:postmaster@${domain}"; large receivers ask for one.`)
  if (records.length > 1) return wrong(`${at} has ${records.length} DMARC records, and receivers then heed none.`)
  const tags = tagsOf(records[0])
  const policy = (at.slice('_dmarc.'.length) === domain ? undefined : tags.get('sp')) ?? tags.get('p') ?? ''
  if (!['none', 'quarantine', 'reject'].includes(policy.toLowerCase())) return wrong(`The DMARC record at ${at} asks for "${policy.slice(0, 40)}": p= must be none, quarantine or reject.`)
  if (tags.get('adkim') === 's' || tags.get('aspf') === 's') return note(`The DMARC record at ${at} is strict: the signature and the sender must bear ${domain} itself, not a domain above or below it.`)
  return good(`${domain} has a DMARC record (p=${policy}${at === `_dmarc.${domain}` ? '' : `, found at ${at}`}).`)
}

/** RFC 5321 section 5.1 and RFC 7505: where answers and refusals of letters go. */
export function readMx(domain: string, exchanges: string[], hasAddress: boolean): Reading {
  if (exchanges.length === 1 && ['', '.'].includes(exchanges[0])) return wrong(`${domain} says that it receives no mail at all (null MX): many servers refuse letters from it, and no answer can reach it.`)
  if (exchanges.length > 0) return good(`${domain} receives mail at ${exchanges.slice(0, 3).join(', ')}.`)
  if (hasAddress) return note(`${domain} has no MX record; mail for it goes to its own address, if something listens there.`)
  return wrong(`${domain} has neither MX nor address: servers refuse letters from a domain that cannot be answered.`)
}

/** Where a DMARC record may stand, the domain itself first, then those above it, never a bare top. */
export function dmarcNames(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, depth) => `_dmarc.${labels.slice(depth).join('.')}`)
}

function tagsOf(record: string) {
  const pairs = record.split(';').map((pair) => /^\s*([a-z][a-z0-9_]*)\s*=\s*([^]*?)\s*$/i.exec(pair))
  return new Map(pairs.filter((pair) => pair !== null).map(([, name, value]) => [name.toLowerCase(), value]))
}

import { Resolver } from 'node:dns/promises'
import { dmarcNames, readDkim, readDmarc, readMx, readSpf, type Reading } from '@/lib/mail/domain-records'

/** The DNS as the doctor asks it: empty where there is no such record; throws where nobody answers. */
export type Asked = { texts: (name: string) => Promise<string[]>; exchanges: (name: string) => Promise<string[]>; hasAddress: (name: string) => Promise<boolean> }

/** `servers` as `192.0.2.1:53`; those of the machine if not given. */
export function askDns(servers?: string[]): Asked {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 })
  if (servers) resolver.setServers(servers)
  const none = async <Value>(asking: Promise<Value[]>): Promise<Value[]> => {
    try {
      return await asking
    } catch (error) {
      if (['ENODATA', 'ENOTFOUND'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
      throw error
    }
  }
  return {
    texts: async (name) => (await none(resolver.resolveTxt(name))).map((parts) => parts.join('')),
    exchanges: async (name) => (await none(resolver.resolveMx(name))).toSorted((a, b) => a.priority - b.priority).map(({ exchange }) => exchange),
    hasAddress: async (name) => [await none(resolver.resolve4(name)), await none(resolver.resolve6(name))].flat().length > 0,
  }
}

/** What receivers will find out about mail in the name of this domain. */
export async function examineDomain(domain: string, selector: string | undefined, dns: Asked): Promise<Reading[]> {
  try {
    const exchanges = await dns.exchanges(domain)
    const readings = [readMx(domain, exchanges, exchanges.length === 0 && (await dns.hasAddress(domain))), readSpf(domain, await dns.texts(domain))]
    if (selector) {
      const name = `${selector}._domainkey.${domain}`
      readings.push(readDkim(name, await dns.texts(name)))
    } else {
      readings.push({ level: 'note', says: `DKIM of ${domain} was not looked up: its selector is known to your mail provider; say it with --selector <name>.` })
    }
    return [...readings, await examineDmarc(domain, dns)]
  } catch (error) {
    return [{ level: 'wrong', says: `The DNS does not answer about ${domain} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): nothing could be looked up.` }]
  }
}

async function examineDmarc(domain: string, dns: Asked) {
  for (const name of dmarcNames(domain)) {
    const texts = (await dns.texts(name)).filter((text) => /^v\s*=\s*DMARC1/i.test(text))
    if (texts.length > 0) return readDmarc(domain, name, texts)
  }
  return readDmarc(domain, null, [])
}

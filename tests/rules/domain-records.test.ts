import { describe, expect, test } from 'vitest'
import { dmarcNames, readDkim, readDmarc, readMx, readSpf } from '@/lib/mail/domain-records'

const domain = 'theatre.example'
const key = Buffer.alloc(294, 7).toString('base64')

describe('SPF', () => {
  test.each<[string, string[], string, RegExp]>([
    ['none', [], 'wrong', /no SPF record/],
    ['others beside it', ['google-site-verification=x', 'v=spf10 -all'], 'wrong', /no SPF record/],
    ['one', ['v=spf1 include:_spf.provider.example ip4:192.0.2.0/24 -all'], 'good', /says who may send/],
    ['one in capitals', ['V=SPF1 MX A:mail.theatre.example ~ALL'], 'good', /says who may send/],
    ['a redirect', ['v=spf1 redirect=_spf.provider.example'], 'good', /says who/],
    ['two', ['v=spf1 -all', 'v=spf1 mx -all'], 'wrong', /2 SPF records/],
    ['anybody', ['v=spf1 +all'], 'wrong', /anybody/],
    ['anybody, by leaving out the sign', ['v=spf1 mx all'], 'wrong', /anybody/],
    ['no end', ['v=spf1 mx'], 'note', /no end/],
    ['a slip', ['v=spf1 includ:_spf.provider.example -all'], 'wrong', /"includ:_spf.provider.example"/],
    ['too many questions', [`v=spf1 ${Array.from({ length: 11 }, (_, n) => `include:a${n}.example`).join(' ')} -all`], 'wrong', /11 questions/],
  ])('%s', (_, texts, level, says) => {
    expect(readSpf(domain, texts)).toEqual({ level, says: expect.stringMatching(says) })
  })
})

describe('DKIM', () => {
  test.each<[string, string[], string, RegExp]>([
    ['none', [], 'wrong', /no DKIM key/],
    ['one', [`v=DKIM1; k=rsa; p=${key}`], 'good', /stands at/],
    ['one without its version', [`p=${key}`], 'good', /stands at/],
    ['revoked', ['v=DKIM1; p='], 'wrong', /revoked/],
    ['short', [`v=DKIM1; p=${Buffer.alloc(140, 7).toString('base64')}`], 'note', /1,280 bits/],
    ['an Ed25519 key is short by nature', [`v=DKIM1; k=ed25519; p=${Buffer.alloc(32, 7).toString('base64')}`], 'good', /stands/],
    ['on trial', [`v=DKIM1; t=y; p=${key}`], 'note', /being tried/],
    ['two', [`v=DKIM1; p=${key}`, `v=DKIM1; p=${key}`], 'wrong', /2 DKIM keys/],
  ])('%s', (_, texts, level, says) => {
    expect(readDkim(`s1._domainkey.${domain}`, texts)).toEqual({ level, says: expect.stringMatching(says) })
  })
})

describe('DMARC', () => {
  const at = `_dmarc.${domain}`
  test.each<[string, string | null, string[], string, RegExp]>([
    ['none', null, [], 'wrong', /publish a TXT record at _dmarc.theatre.example/],
    ['one', at, ['v=DMARC1; p=reject; rua=mailto:a@b.example'], 'good', /p=reject\)/],
    ['that of the domain above', '_dmarc.example', ['v=DMARC1; p=reject; sp=none'], 'good', /p=none, found at _dmarc.example/],
    ['no policy', at, ['v=DMARC1; rua=mailto:a@b.example'], 'wrong', /must be none/],
    ['a slip', at, ['v=DMARC1; p=rejct'], 'wrong', /"rejct"/],
    ['two', at, ['v=DMARC1; p=none', 'v=DMARC1; p=reject'], 'wrong', /2 DMARC records/],
    ['strict', at, ['v=DMARC1; p=none; adkim=s'], 'note', /strict/],
  ])('%s', (_, where, texts, level, says) => {
    expect(readDmarc(domain, where, texts)).toEqual({ level, says: expect.stringMatching(says) })
  })

  test('is looked for at the domain and above it, never at the top', () => {
    expect(dmarcNames('a.b.example')).toEqual(['_dmarc.a.b.example', '_dmarc.b.example'])
  })
})

describe('MX', () => {
  test.each<[string, string[], boolean, string]>([
    ['some', ['mx.theatre.example'], false, 'good'],
    ['none, and no address', [], false, 'wrong'],
    ['none, but an address', [], true, 'note'],
    ['a null MX', ['.'], true, 'wrong'],
    ['a null MX as some resolvers write it', [''], true, 'wrong'],
  ])('%s', (_, exchanges, hasAddress, level) => {
    expect(readMx(domain, exchanges, hasAddress).level).toBe(level)
  })
})

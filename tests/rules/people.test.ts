import { describe, expect, test } from 'vitest'
import { deviceOf, grownRole, isLoginCode, localPath, loginCode, maskedAddress, memberDomain, outranks } from '@/lib/people/rules'
import { networkOf } from '@/lib/rate-limit'

describe('a browser one knows again', () => {
  test.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
    ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36', 'Chrome, Android'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0', 'Edge, Windows'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1', 'Safari, iPhone'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 OPR/120.0.0.0', 'Opera, macOS'],
    ['curl/8.9', null],
    ['', null],
  ])('%s', (userAgent, device) => expect(deviceOf(userAgent)).toBe(device))
})

test('a role outranks those below it, and not itself', () => {
  expect([outranks('admin', 'organiser'), outranks('organiser', 'participant'), outranks('organiser', 'organiser'), outranks('participant', 'admin')]).toEqual([true, true, false, false])
})

describe('where to return to', () => {
  test.each(['/', '/organiser', '/en/organise/events/x/edit', '/rendez-vous/un-cafe?x=1&y=%2F#inscription'])('%s stays in the house', (path) => {
    expect(localPath(path)).toBe(path)
  })

  test.each([
    '//elsewhere.example', '///elsewhere.example', '/\\elsewhere.example', '\\\\elsewhere.example', '/a\\b', 'https://elsewhere.example/',
    'javascript:alert(1)', 'organiser', '', '/\t/elsewhere.example', '/\n/elsewhere.example', ' //elsewhere.example', '/..//elsewhere.example',
    '/.//elsewhere.example', '/a/..//elsewhere.example', '/api/auth/signout', '/api', '/é\u202E', `/${'a'.repeat(1001)}`, '/%2e%2e//elsewhere.example',
    '/x\r\nSet-Cookie: a=b', '/\ud800',
  ])('%j leads nowhere', (path) => {
    expect(localPath(path, '/home')).toBe('/home')
  })

  test('whatever comes out never names another host', () => {
    for (const path of ['/%5c%5celsewhere.example', '/%2f%2felsewhere.example', '/;//elsewhere.example', '/@elsewhere.example', '/:80']) {
      expect(new URL(localPath(path), 'https://house.example').host).toBe('house.example')
    }
  })
})

describe('a code', () => {
  test.each(['048213', ' 048 213 ', '048-213', '048\u00a0213', '048\u200b213', '０４８２１３'])('%j is read as it was meant', (typed) => {
    expect(loginCode(typed)).toBe('048213')
    expect(isLoginCode(loginCode(typed))).toBe(true)
  })

  test.each(['', '04821', '0482134', 'abcdef', '04821a', '٠٤٨٢١٣'])('%j is none', (typed) => {
    expect(isLoginCode(loginCode(typed))).toBe(false)
  })
})

test('a masked address is known to its owner only', () => {
  expect(maskedAddress('anne@example.org')).toBe('a•••@example.org')
  expect(maskedAddress('ab@example.org')).toBe('•••@example.org')
})

test('an appointment takes no role away', () => {
  expect(grownRole('admin', 'organiser')).toBe('admin')
  expect(grownRole('participant', 'organiser')).toBe('organiser')
})

test('domains of members are told from addresses', () => {
  expect(memberDomain('Example.org')).toBe('example.org')
  expect(memberDomain('@théâtre.fr')).toBeNull()
  expect(memberDomain('@example.org ')).toBe('example.org')
  expect(memberDomain('anne@example.org')).toBeNull()
  expect(memberDomain('localhost')).toBeNull()
})

test('a household of IPv6 is one network', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2::9'))
  expect(networkOf('2001:db8:1:2::9')).not.toBe(networkOf('2001:db8:1:3::9'))
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
})

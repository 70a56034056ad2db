import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('every numbered rule of the calendar is the name of a test, and has its place in the table', () => {
  const table = readFileSync('docs/calendar-rules.md', 'utf8')
  for (let rule = 1; rule <= 54; rule += 1) expect(table, `rule ${rule}`).toMatch(new RegExp(`^\\| ${rule} \\|.*\\\`tests/[^\`]+\\\``, 'm'))
  const named = [...table.matchAll(/^\| (\d+) \|.*$/gm)].flatMap(([line, rule]) => [...line.matchAll(/`(tests\/[^`]+)`/g)].map(([, path]) => ({ rule, path })))
  for (const { rule, path } of named) expect(readFileSync(path, 'utf8'), `${rule} in ${path}`).toMatch(new RegExp(`['"\`]rules? (?:\\d+(?:, | and ))*${rule}(?:(?:, | and )\\d+)*:`))
})

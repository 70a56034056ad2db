import { describe, expect, test } from 'vitest'
import { readCsv, textOfFile } from '@/lib/csv'
import type { Question } from '@/lib/events/questions'
import { readPeopleList } from '@/lib/registrations/people-list'

const question = (key: string, more: Partial<Question>): Question => ({
  id: key, key, kind: 'short', ready: null, label: key, purpose: null, options: [], translation: null, required: false, dependsOn: null, dependsValues: [], ...more,
})

const questions = [
  question('organisation', { label: 'Votre structure', required: true }),
  question('topics', {
    kind: 'several', label: 'Sujets',
    options: [{ key: 'ai', label: 'IA' }, { key: 'data', label: 'Données, mesure' }],
    translation: { label: 'Topics', purpose: null, options: { data: 'Data' } },
  }),
  question('first-time', { kind: 'yes_no', label: 'Première fois ?' }),
  question('years', { kind: 'number' }),
]

function linesOf(text: string, asked: Question[] = []) {
  const read = readPeopleList(text, asked)
  if (!read.ok) throw new Error(read.reason)
  return read.value.lines
}

const octets = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding))

describe('a file', () => {
  const text = 'nom;adresse\nZoé Œuvrard – l’Été;zoe@x.example\n'

  test('of UTF-8 is read with its mark and without', () => {
    expect(textOfFile(octets(text, 'utf8'))).toBe(text)
    expect(linesOf(textOfFile(octets(`\uFEFF${text}`, 'utf8')))).toMatchObject([{ line: 2, name: 'Zoé Œuvrard – l’Été', email: 'zoe@x.example', wrong: [] }])
  })

  test('of French Excel, in Windows-1252, is read as it was written', () => {
    const windows = Uint8Array.from([...text].map((letter) => ({ 'Œ': 0x8c, '–': 0x96, '’': 0x92 })[letter] ?? letter.charCodeAt(0)))
    expect(textOfFile(windows)).toBe(text)
  })

  test('of Excel’s Unicode text, in UTF-16, is read too', () => {
    expect(textOfFile(octets(`\uFEFF${text}`, 'utf16le'))).toBe(text)
    expect(textOfFile(Uint8Array.from(octets(`\uFEFF${text}`, 'utf16le')).map((_, place, all) => all[place ^ 1]))).toBe(text)
  })
})

describe('a table', () => {
  test.each([
    ['semicolons', 'nom;adresse\nAnne Martin;anne@x.example\n'],
    ['commas', 'Name,E-mail\r\n"Anne Martin",anne@x.example\r\n'],
    ['tabs', 'NOM\tCourriel\rAnne Martin\tanne@x.example\r'],
    ['Excel’s own word for them', 'sep=,\nnom,e-mail\nAnne Martin,anne@x.example'],
    ['no heading', 'Anne Martin, anne@x.example'],
    ['no heading and the address first', 'anne@x.example;Anne Martin'],
    ['first names apart', 'Nom;Prénom;Adresse électronique\nMartin;Anne;anne@x.example'],
  ])('with %s', (_, text) => {
    expect(linesOf(text)).toMatchObject([{ name: 'Anne Martin', email: 'anne@x.example', wrong: [] }])
  })

  test('tells each line by its number in the file, whatever is quoted over several lines or left empty', () => {
    const lines = linesOf('nom;adresse;Votre structure\nAnne;anne@x.example;"Le Grand\nBleu ; Lille"\n\n;;\nZoé;zoe@x.example;')
    expect(lines.map(({ line, name }) => [line, name])).toEqual([[2, 'Anne'], [6, 'Zoé']])
  })

  test('says where and in which language, as people write it', () => {
    const text = 'nom;adresse;salle ou écran;langue\nA;a@x.example;Sur place;Français\nB;b@x.example;en ligne;anglais\nC;c@x.example;;\nD;d@x.example;sur la lune;latin'
    expect(linesOf(text).map(({ place, locale, wrong }) => [place, locale, wrong])).toEqual([
      ['room', 'fr', []],
      ['screen', 'en', []],
      [undefined, undefined, []],
      [undefined, undefined, [{ field: 'place', reason: 'not-among' }, { field: 'language', reason: 'not-among' }]],
    ])
  })

  test('gives answers by the question’s key or wording, options by theirs; what is missing is asked of nobody', () => {
    const text = 'nom;adresse;Votre structure;topics;Première fois ?;years\nA;a@x.example;Le Grand Bleu;IA, Data;oui;3\nB;b@x.example;;Données, mesure;non;\nC;c@x.example;;le théâtre;peut-être;beaucoup'
    const [a, b, c] = linesOf(text, questions)
    expect(a).toMatchObject({ answers: { organisation: 'Le Grand Bleu', topics: ['ai', 'data'], 'first-time': 'yes', years: '3' }, wrong: [] })
    expect(b).toMatchObject({ answers: { topics: ['data'], 'first-time': 'no' }, wrong: [] })
    expect(c.wrong.map(({ field }) => field)).toEqual(['answers.topics', 'answers.first-time', 'answers.years'])
  })

  test('keeps columns that nobody asked for aside, and says which', () => {
    expect(readPeopleList('nom;adresse;Téléphone;\nA;a@x.example;0102030405;', [])).toMatchObject({ ok: true, value: { aside: ['Téléphone'] } })
  })
})

describe('a line', () => {
  test.each([
    ['no name', ';a@x.example', 'name', 'required'],
    ['no address', 'Anne;', 'email', 'address-empty'],
    ['two addresses', 'Anne;"a@x.example, b@x.example"', 'email', 'address-list'],
    ['a name that is too long', `${'x'.repeat(121)};a@x.example`, 'name', 'too-long'],
    ['a control character in the name', 'An\u0007ne;a@x.example', 'name', 'not-text'],
    ['a header line in the address', 'Anne;"a@x.example\nBcc: eve@x.example"', 'email', 'address-control'],
    ['a look-alike of @', 'Anne;a＠x.example', 'email', 'address-homoglyph'],
    ['a link in the name', '"=HYPERLINK(""https://evil.example"")";a@x.example', 'name', 'link'],
    ['a NUL', 'An\0ne;a@x.example', 'name', 'not-text'],
  ])('with %s is told as wrong', (_, cells, field, reason) => {
    expect(linesOf(`nom;adresse\n${cells}\nZoé;zoe@x.example`)).toMatchObject([{ wrong: [{ field, reason }] }, { name: 'Zoé', wrong: [] }])
  })

  test('is told as twice where an earlier one has its address, in whatever case; with another name one of them is wrong', () => {
    const lines = linesOf('nom;adresse\nAnne Évrard;a@x.example\nANNE EVRARD;A@X.example\nBruno;a@x.example\n')
    expect(lines.map(({ twice, wrong }) => [twice, wrong])).toEqual([[undefined, []], [2, []], [2, [{ field: 'email', reason: 'shared' }]]])
  })

  test('that begins like a formula is only text', () => {
    expect(linesOf(`nom;adresse\n=1+cmd|' /C calc'!A0;a@x.example\n@SUM(1+1);b@x.example\n+33 1;c@x.example`).map(({ name, wrong }) => [name, wrong])).toEqual([
      ["=1+cmd|' /C calc'!A0", []],
      ['@SUM(1+1)', []],
      ['+33 1', []],
    ])
  })

  test('named like an object’s own secrets is a column like any other', () => {
    expect(readPeopleList('nom;adresse;__proto__;constructor\nA;a@x.example;x;y', questions)).toMatchObject({ ok: true, value: { aside: ['__proto__', 'constructor'] } })
  })
})

describe('a list is refused as a whole', () => {
  test.each([
    ['empty-list', ''],
    ['empty-list', '\n ; ;\n'],
    ['no-lines', 'nom;adresse\n'],
    ['no-address-column', 'nom;structure\nAnne;Le Grand Bleu'],
    ['unclosed-quote', 'nom;adresse\n"Anne;a@x.example\nZoé;zoe@x.example'],
    ['row-too-long', `nom;adresse\n"${'x'.repeat(30_000)}";a@x.example`],
    ['too-many-lines', `nom;adresse\n${'A;a@x.example\n'.repeat(2001)}`],
  ])('as %s', (reason, text) => {
    expect(readPeopleList(text, [])).toMatchObject({ ok: false, reason })
  })

  test('a megabyte of delimiters and quotes is read or refused quickly', () => {
    // Processor time, because the machine may be busy with other tests.
    const began = process.cpuUsage()
    for (const hostile of [';'.repeat(300_000), '"'.repeat(300_000), '"";'.repeat(100_000), 'a@b;\n'.repeat(60_000), '\r'.repeat(300_000)]) readPeopleList(hostile, questions)
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(4000)
  })

  test('where it ends in the middle of a quote, with the line', () => {
    expect(readCsv('a;b\n1;"2\n3')).toMatchObject({ ok: false, reason: 'unclosed-quote', fields: [{ field: '2' }] })
  })
})

import { describe, expect, it } from 'vitest'
import { type NotesDocument, readDocument } from '@/lib/notes/document'
import { fromHtml } from '@/lib/notes/html'
import { toMarkdown } from '@/lib/notes/markdown'

const read = (html: string) => {
  const outcome = fromHtml(html)
  if (!outcome.ok) throw new Error(outcome.reason)
  expect(readDocument(outcome.value.document).ok).toBe(true)
  return outcome.value
}
const text = (html: string) => toMarkdown(read(html).document).trim()
const types = (document: NotesDocument) => document.content.map(({ type }) => type)

describe('notes that come as HTML', () => {
  it('keep headings, lists, quotations, links, bold and italic', () => {
    expect(text('<h1>Titre</h1><p>Un <b>mot</b> et\n  un <em>autre</em>, <a href="https://tmnlab.com" onclick="x()">un lien</a>.<br>Suite</p><ul><li>un<ul><li>dedans</li></ul></li><li><p>deux</p></li></ul><ol start="3"><li>trois</li></ol><blockquote><p>Cité</p></blockquote><hr><h4>Fin</h4>')).toBe(
      '## Titre\n\nUn **mot** et un _autre_, [un lien](https://tmnlab.com).\\\nSuite\n\n- un\n\n  - dedans\n- deux\n\n3. trois\n\n> Cité\n\n---\n\n### Fin',
    )
  })

  it('keep tables and tasks, and make passages of what is marked so', () => {
    expect(text('<table><caption>Qui</caption><thead><tr><th>Qui</th><th>Quoi</th></tr></thead><tr><td>Anne</td><td><ul><li>a | b</li><li>c</li></ul></td></tr></table>')).toBe('Qui\n\n| Qui | Quoi |\n| --- | --- |\n| Anne | a \\| b<br><br>c |')
    expect(text('<ul><li><input type="checkbox" checked> Relu</li><li data-type="taskItem" data-checked="false"><p>Écrire {#ia/16}</p></li><li>☐ À voir</li><li>Non</li></ul>')).toBe('- [x] Relu\n- [ ] Écrire {#ia/16}\n- [ ] À voir\n\n- Non')
    expect(types(read('<table><tr><td><h2>Un cadre</h2><table><tr><td>dedans</td></tr></table></td></tr></table>').document)).toEqual(['paragraph', 'paragraph'])
  })

  it('keep the words of a word processor, and none of its styles', () => {
    const word = '<html><head><style>p{color:red}</style><title>x</title></head><body><b style="font-weight:normal" id="docs-internal"><p class="MsoNormal" style="margin:0"><span style="font-weight:700">Gras</span><span style="font-style:italic"> penché</span><o:p></o:p></p><!-- [if gte mso 9]><xml>x</xml><![endif] --></b></body></html>'
    expect(text(word)).toBe('**Gras** _penché_')
  })

  it('leave out what would run or be fetched, and say so', () => {
    const { document, dropped } = read('<p onclick="x()">Ici<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">là</a><iframe src="https://x"></iframe><svg><script>1</script></svg></p><style>x</style>')
    expect(toMarkdown(document)).toBe('Icilà\n')
    expect(dropped).toEqual({ pictures: 1, embedded: 1, scripts: 1, links: 1 })
    for (const hostile of ['<p>a</td></tr><li>b</ul>c', '<ul>x<p>y</ul>', '<table>a<tr>b<td>c</table>', '<tr><td>a', '</p></br><', '&#0;&#xD800;é', '<li><table><tr><td colspan=99 rowspan=-1>x</table>', '<h2><ul><li>a</h2>b'])
      read(hostile)
  })

  it('are read in time, and refused when there is no end to them', () => {
    const begun = performance.now()
    for (const piece of ['<p>a', '<b>a</b> ', '<br>', '<a href="x">', '<', '&amp;', '<!--', '</x>', '<td>', '<tr><td>a</td></tr>', ' ', '<ul><li>a</li></ul>', '<!-- x -->']) {
      const since = performance.now()
      const outcome = fromHtml(`<table>${piece.repeat(Math.floor(600_000 / piece.length))}`)
      expect(outcome.ok || ['too-big', 'too-deep'].includes(outcome.reason)).toBe(true)
      expect(performance.now() - since, piece).toBeLessThan(2500)
    }
    expect(fromHtml('<div>'.repeat(300))).toEqual({ ok: false, reason: 'too-deep' })
    expect(fromHtml('<p>a'.repeat(100_000))).toEqual({ ok: false, reason: 'too-big' })
    expect(performance.now() - begun).toBeLessThan(10_000)
  })
})

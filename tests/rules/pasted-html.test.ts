import { describe, expect, test } from 'vitest'
import { cleanPaste } from '@/app/[locale]/_writing/pasted-html'

// Shaped as these programs really write them, shortened.
const word = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} @list l0:level1 {mso-level-number-format:bullet;} --></style></head>
<body lang=FR style='tab-interval:35.4pt;word-wrap:break-word'><!--StartFragment-->
<p class=MsoTitle>Compte rendu<o:p></o:p></p>
<h1><span style='mso-fareast-font-family:"Times New Roman"'>Tour de table<o:p></o:p></span></h1>
<p class=MsoNormal style='margin-bottom:8.0pt'>La salle a <b style='mso-bidi-font-weight:normal'>testé</b> le
<i>sous-titrage</i>&nbsp;: voir <a href="https://tmnlab.com/essai"><span style='color:blue'>l’essai</span></a>.<span style='mso-comment-continuation:1'><![if !supportAnnotations]><a class=msocomanchor href="#_msocom_1">[A1]</a><![endif]></span><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>Former les équipes<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>dès la rentrée<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Partager les droits<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>Relire<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'><td width=201 colspan=2 valign=top style='width:151.0pt'><p class=MsoNormal><b>Lieu</b><o:p></o:p></p></td></tr>
<tr><td width=201><p class=MsoNormal>Nantes<o:p></o:p></p></td><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr></table>
<p class=MsoNormal><img width=200 src="file:///C:/Users/Anne/AppData/Local/Temp/msohtmlclip1/01/clip_image002.jpg"></p>
<div style='mso-element:comment-list'><p class=MsoCommentText>Commentaire à ne pas coller</p></div>
<!--EndFragment--></body></html>`

const google = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-4f2b7d1e-7fff"><h2 dir="ltr" style="line-height:1.38;"><span style="font-size:16pt;font-weight:400;">À retenir</span></h2><p dir="ltr"><span style="font-weight:700;font-style:normal;">Tout</span><span style="font-weight:400;font-style:normal;"> le monde </span><span style="font-weight:400;font-style:italic;">relit</span></p><br /><ul style="margin-top:0;"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Un</span></p></li><ul><li dir="ltr" aria-level="2"><p role="presentation"><span>Un un</span></p></li></ul><li><p><span>Deux</span></p></li></ul><h4><span>Détail</span></h4></b><br class="Apple-interchange-newline">`

const libre = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head><meta name="generator" content="LibreOffice 24.2 (Linux)"/><style type="text/css">p { margin-bottom: 0.25cm }</style></head><body lang="fr-FR" dir="ltr"><h3 class="western"><font face="Liberation Sans, sans-serif">Ressources</font></h3><ol><li><p style="margin-bottom: 0cm"><font color="#000000">Le <b>guide</b></font></p></li></ol><table width="100%"><col width="128*"/><thead><tr><th><p>Qui</p></th></tr></thead><tbody><tr><td><ul><li><p>Anne</p></li><li><p>Zoé</p></li></ul></td></tr></tbody></table><blockquote>Une phrase</blockquote><p>Fin<br/></p></body></html>`

describe('what is pasted', () => {
  test('from Word keeps titles, lists in lists, tables, links, bold and italic, and drops the rest', () => {
    expect(cleanPaste(word)).toBe(
      '<h2>Compte rendu</h2><h2>Tour de table</h2>' +
        '<p>La salle a <strong>testé</strong> le <em>sous-titrage</em>\u00a0: voir <a href="https://tmnlab.com/essai">l’essai</a>.</p>' +
        '<ul><li><p>Former les équipes</p><ul><li><p>dès la rentrée</p></li></ul></li><li><p>Partager les droits</p></li></ul>' +
        '<ol><li><p>Relire</p></li></ol>' +
        '<table><tbody><tr><td colspan="2"><p><strong>Lieu</strong></p></td></tr><tr><td><p>Nantes</p></td><td><p></p></td></tr></tbody></table>',
    )
  })

  test('from Google Docs, whose bold is a style and whose bold tag is none', () => {
    expect(cleanPaste(google)).toBe('<h2>À retenir</h2><p><strong>Tout</strong> le monde <em>relit</em></p><ul><li><p>Un</p><ul><li><p>Un un</p></li></ul></li><li><p>Deux</p></li></ul><h3>Détail</h3>')
  })

  test('from LibreOffice; a list in a cell becomes paragraphs', () => {
    expect(cleanPaste(libre)).toBe('<h3>Ressources</h3><ol><li><p>Le <strong>guide</strong></p></li></ol><table><tbody><tr><th><p>Qui</p></th></tr><tr><td><p>Anne</p><p>Zoé</p></td></tr></tbody></table><blockquote><p>Une phrase</p></blockquote><p>Fin</p>')
  })

  test('holds no script, no picture and no link that leads elsewhere than to the web', () => {
    const clean = cleanPaste('<p onclick="x()">Bon<script>alert(1)</script><img src=x onerror=alert(1)>jour <a href="javascript:alert(1)">ici</a> &lt;b&gt;</p><svg><p>non</p></svg><style>p{}</style>')
    expect(clean).toBe('<p>Bonjour ici &lt;b&gt;</p>')
  })

  test('from these notes themselves stays as it was', () => {
    const own = '<p data-id="abcdefgh" data-pm-slice="1 1 []">Mot</p>'
    expect(cleanPaste(own)).toBe(own)
  })

  test('of ten thousand tags in one another, or side by side, does not stop the page', () => {
    expect(cleanPaste('<span>'.repeat(3000) + 'mot')).toContain('mot')
    expect(cleanPaste('<p>mot</p>'.repeat(10_000)).length).toBe(100_000)
  })
})

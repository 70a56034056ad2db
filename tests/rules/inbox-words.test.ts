import { describe, expect, test } from 'vitest'
import { textOfHtml } from '@/lib/inbox/plain-text'
import { ownWords } from '@/lib/inbox/words'

const said = (...lines: string[]) => ownWords(lines.join('\n')).words
const signed = (...lines: string[]) => ownWords(['La charte.', ...lines].join('\n')).signature

describe('what is quoted', () => {
  test.each([
    ['Gmail, wrapped over three lines', ['Le ven. 4 déc. 2026 à 10:00, Parlons-en <', 'rsvp+abc@reponses.parlons-en.example>', 'a écrit :', '', '> Bonjour', '> encore']],
    ['Gmail in English', ['On Fri, Dec 4, 2026 at 10:00 AM Parlons-en <rsvp+abc@x.example>', 'wrote:', '', '> Hello']],
    ['Fastmail', ['On Fri, 4 Dec 2026, at 10:00, Parlons-en wrote:', '> Hello']],
    ['Proton', ['Sent with [Proton Mail](https://proton.me/mail/home) secure email.', '', 'On Friday, December 4th, 2026 at 10:00, Parlons-en <rsvp+abc@x.example> wrote:', '', '> Hello']],
    ['Proton in French', ['Envoyé avec la messagerie sécurisée Proton Mail.', '', 'Le vendredi 4 décembre 2026 à 10:00, Parlons-en <rsvp+abc@x.example> a écrit :', '', '> Bonjour']],
    ['Outlook on a telephone', ['Obtenez Outlook pour iOS<https://aka.ms/o0ukef>', '________________________________', 'De : Parlons-en <rsvp+abc@x.example>', 'Envoyé : vendredi 4 décembre 2026 10:00', 'À : Zoé Martin', 'Objet : Qu’en retenez-vous ?', '', 'Bonjour Zoé']],
    ['Outlook in English, in bold', ['*From:* Parlons-en <rsvp+abc@x.example>', '*Sent:* Friday, December 4, 2026 10:00', '*To:* Zoé', '*Subject:* Hello', '', 'Hello Zoé']],
    ['Outlook in German', ['Von: Parlons-en', 'Gesendet: Freitag, 4. Dezember 2026 10:00', 'An: Zoé', 'Betreff: Hallo', '', 'Guten Tag']],
    ['Outlook in Spanish', ['De: Parlons-en', 'Enviado el: viernes, 4 de diciembre de 2026 10:00', 'Para: Zoé', 'Asunto: Hola', '', 'Buenos días']],
    ['Samsung', ['Envoyé depuis mon appareil Galaxy', '', '', '-------- Message d’origine --------', 'De : Parlons-en <rsvp+abc@x.example>', 'Date : 04/12/2026 10:00 (GMT+01:00)', '', 'Bonjour']],
    ['Zimbra', ['----- Mail original -----', 'De: "Parlons-en"', 'À: "Zoé"', '', 'Bonjour']],
    ['Orange', ['> Message du 04/12/26 10:00', '> De : "Parlons-en"', '> A : zoe@x.example', '>', '> Bonjour']],
    ['Apple, all quoted', ['> Le 4 déc. 2026 à 10:00, Parlons-en <rsvp+abc@x.example> a écrit :', '>', '> Bonjour']],
    ['Italian', ['Il giorno ven 4 dic 2026 alle ore 10:00 Parlons-en <rsvp+abc@x.example> ha scritto:', '', '> Buongiorno']],
    ['Dutch', ['Op vr 4 dec 2026 om 10:00 schreef Parlons-en <rsvp+abc@x.example>:', '', '> Hallo']],
    ['another language, by its address', ['W dniu 4.12.2026 o 10:00 Parlons-en <rsvp+abc@x.example> napisał(a):', '', 'Dzień dobry']],
    ['a forwarded message', ['---------- Forwarded message ---------', 'De : Parlons-en', '', 'Bonjour']],
  ])('is cut: %s', (_, quoted) => {
    expect(said('La charte, et qui la tient.', '', ...quoted)).toBe('La charte, et qui la tient.')
  })

  test('leaves what is written between the quotations', () => {
    expect(said('Le 4 déc. 2026 à 10:00, Parlons-en a écrit :', '> Qu’en retenez-vous ?', '', 'La charte.', '', '> Et après ?', '', 'Le budget.')).toBe('La charte.\n\nLe budget.')
  })

  test('is not what somebody quotes in their own words', () => {
    const own = ['Le 13 mars 2024, la Commission a écrit :', '« notre ambition pour la France », et cela reste à faire.', 'De : personne en particulier.']
    expect(said(...own)).toBe(own.join('\n'))
    expect(said('Voici ce que j’ai noté :', '- la charte', '- le budget')).toBe('Voici ce que j’ai noté :\n- la charte\n- le budget')
  })
})

describe('the signature', () => {
  test.each([
    ['after its mark', ['-- ', 'Zoé Martin', 'Théâtre de la Ville']],
    ['of a telephone', ['Envoyé de mon iPhone']],
    ['of a telephone, in English', ['Sent from my iPad']],
    ['of a telephone, in German', ['Von meinem iPhone gesendet']],
    ['of Yahoo', ['Envoyé depuis Yahoo Mail pour Android']],
    ['after a formula', ['Bien cordialement,', '', 'Zoé Martin', 'Responsable de la billetterie', 'Théâtre de la Ville | 01 23 45 67 89 | www.theatre.example']],
    ['after a formula with the name beside it', ['Cordialement, Zoé Martin']],
    ['after a wish', ['Belle journée à toutes et tous !', 'Zoé']],
    ['in English', ['Kind regards,', 'Zoé Martin, Théâtre de la Ville']],
    ['with nothing after the formula', ['À bientôt !']],
  ])('is cut: %s', (_, signature) => {
    expect(said('Je retiens qu’il faut relire.', '', ...signature)).toBe('Je retiens qu’il faut relire.')
  })

  test.each([
    'Envoyé par le ministère, ce rapport n’a été lu par personne.',
    'Sent to everybody, read by nobody.',
    'Cordialement, mais fermement : relisons.',
    'Bonne journée pour la culture que celle-ci.',
    'Signer une charte, c’est la tenir.',
  ])('is not a sentence that begins like one: %s', (sentence) => {
    expect(said('Deux choses.', '', sentence)).toBe(`Deux choses.\n\n${sentence}`)
  })

  test('does not swallow those who go on after the formula', () => {
    const lines = ['Merci.', '', 'Cordialement,', 'Zoé', '', 'P.-S. : le lien ne marche pas.']
    expect(said(...lines)).toBe(lines.join('\n'))
  })

  test('alone leaves nothing said', () => {
    expect(said('-- ', 'Zoé Martin')).toBe('')
    expect(said('Envoyé de mon iPhone')).toBe('')
  })
})

describe('the name of who wants to be named', () => {
  test.each([
    ['Signé : Anne Le Gall', 'Anne Le Gall'],
    ['Signé: Anne Le Gall', 'Anne Le Gall'],
    ['Signé\u00A0: Anne Le Gall', 'Anne Le Gall'],
    ['SIGNÉ : ANNE', 'ANNE'],
    ['Signée : Anne', 'Anne'],
    ['« Signé : Anne Le Gall »', 'Anne Le Gall'],
    ['*Signé :* Anne Le Gall', 'Anne Le Gall'],
    ['Signed: Anne Le Gall, Théâtre de la Ville', 'Anne Le Gall, Théâtre de la Ville'],
    ['Signe\u0301 : Anne', 'Anne'],
  ])('stands in a line that says so: %s', (line, name) => {
    expect(ownWords(`La charte.\n\n${line}`)).toEqual({ words: 'La charte.', signature: name })
  })

  test.each(['Signé Anne', 'J’ai signé : Anne', 'Anne Le Gall', 'Vous pouvez citer mon nom.', 'Signataire : Anne', '> Signé : Anne', 'Signé :', 'Signé : …', `Signé : ${'a'.repeat(121)}`])('stands nowhere else: %s', (line) => {
    expect(signed(line)).toBeNull()
  })

  test('may stand below the formula, and is the first of two', () => {
    expect(signed('Cordialement,', 'Signé : Anne', 'Signé : Zoé')).toBe('Anne')
    expect(said('La charte.', 'Cordialement,', 'Signé : Anne', 'Signé : Zoé')).toBe('La charte.')
  })
})

describe('the words', () => {
  test('are at most 2,000 characters, cut between words', () => {
    const words = said('mot '.repeat(2000))
    expect(words.length).toBeLessThanOrEqual(2000)
    expect(words).toMatch(/mot…$/)
  })

  test('are whole paragraphs again where a program broke its lines, and lists stay lists', () => {
    const broken = ['Je retiens surtout que la relecture humaine doit être écrite dans le contrat,', 'payée à son prix.', '', 'Et puis :', '1. la charte, que chacune et chacun devra signer avant la saison prochaine,', '2. le budget.']
    expect(said(...broken)).toBe('Je retiens surtout que la relecture humaine doit être écrite dans le contrat, payée à son prix.\n\nEt puis :\n1. la charte, que chacune et chacun devra signer avant la saison prochaine,\n2. le budget.')
  })

  test('keep their short lines', () => {
    expect(said('La charte', 'le budget', 'la relecture')).toBe('La charte\nle budget\nla relecture')
  })
})

describe('a part in HTML', () => {
  test('is read without its styles, scripts, comments and head', () => {
    expect(textOfHtml('<html><head><title>x</title><style>p{}</style></head><body><!-- <p>y</p> --><p>Une <b>charte</b>&nbsp;: oui.</p><script>z()</script></body></html>')).toBe('Une charte : oui.\n')
  })

  test('has its quotations marked and what follows the reply left out', () => {
    const lines = textOfHtml('<div>Oui.</div><blockquote>Non.<blockquote>Si.</blockquote></blockquote>Enfin.').split('\n')
    expect(lines.filter((line) => /[a-z]/.test(line))).toEqual(['Oui.', '> Non.', '> > Si.', 'Enfin.'])
    expect(textOfHtml('<div>Oui.</div><div id="divRplyFwdMsg">De : x</div><p>Bonjour</p>')).toBe('Oui.')
    expect(textOfHtml('<div class="gmail_quote">rien d’autre</div>')).toBe('rien d’autre')
  })

  test('never runs on an unclosed mark', () => {
    for (const html of ['<', '<!--', '<a href="', '</', '<style>a', '&#', '&#99999999;', '&toString;', '<blockquote', 'a < b > c']) expect(typeof textOfHtml(html)).toBe('string')
    expect(textOfHtml('3 < 4 &amp; &toString; &#233;&#xE9;')).toBe('3 < 4 & &toString; éé')
  })
})

/** A message as it travels (RFC 5322, RFC 2045, RFC 2046): only what the rules of an invitation look at. */
export type MailPart = {
  /** Names in small letters; values with their folds undone. */
  headers: [name: string, value: string][]
  type: string
  parameters: Record<string, string>
  disposition: string
  filename: string | null
  encoding: string
  body: Buffer
  parts: MailPart[]
}

export function readMessage(raw: string): MailPart {
  const [head, body] = cut(raw, '\r\n\r\n')
  const headers = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n').map((line): [string, string] => [cut(line, ':')[0].trim().toLowerCase(), cut(line, ':')[1].trim()])
  const header = (name: string) => headers.find(([one]) => one === name)?.[1] ?? ''
  const { word: type, parameters } = parametersOf(header('content-type') || 'text/plain')
  const { word: disposition, parameters: named } = parametersOf(header('content-disposition'))
  const encoding = header('content-transfer-encoding').toLowerCase() || '7bit'
  const pieces = parameters.boundary ? `\r\n${body}`.split(`\r\n--${parameters.boundary}`).slice(1) : []
  return {
    headers, type, parameters, disposition, filename: named.filename ?? null, encoding, body: decode(body, encoding),
    parts: pieces.filter((piece) => !piece.startsWith('--')).map((piece) => readMessage(piece.replace(/^[ \t]*\r\n/, ''))),
  }
}

export const headerOf = ({ headers }: MailPart, name: string): string | undefined => headers.find(([one]) => one === name)?.[1]

/** The part and all that is in it. */
export const partsWithin = (part: MailPart): MailPart[] => [part, ...part.parts.flatMap(partsWithin)]

/** The mailboxes of an address header, in small letters. */
export const mailboxesOf = (value: string | undefined): string[] =>
  (value ?? '').replace(/"(?:[^"\\]|\\.)*"/g, '').split(',').map((one) => (/<([^<>]*)>/.exec(one)?.[1] ?? one).trim().toLowerCase()).filter((one) => one !== '')

function parametersOf(value: string): { word: string; parameters: Record<string, string> } {
  const [word, ...rest] = value.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((one) => one.trim())
  const parameters = rest.filter((one) => one.includes('=')).map((one) => [cut(one, '=')[0].toLowerCase(), cut(one, '=')[1].replace(/^"|"$/g, '')])
  return { word: word.toLowerCase(), parameters: Object.fromEntries(parameters) as Record<string, string> }
}

function decode(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding !== 'quoted-printable') return Buffer.from(body)
  return Buffer.from(body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1')
}

function cut(text: string, at: string): [string, string] {
  const index = text.indexOf(at)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + at.length)]
}

/** The kinds of files that go with a session: their type and ending are ours to say, never the sender's. Read by browsers too. */
export const fileKinds = {
  pdf: { type: 'application/pdf', ending: 'pdf', inline: true },
  png: { type: 'image/png', ending: 'png', inline: true },
  jpeg: { type: 'image/jpeg', ending: 'jpg', inline: true },
  webp: { type: 'image/webp', ending: 'webp', inline: true },
  pptx: { type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', ending: 'pptx', inline: false },
  odp: { type: 'application/vnd.oasis.opendocument.presentation', ending: 'odp', inline: false },
} as const

export type FileKind = keyof typeof fileKinds

/** The largest file that is taken, in bytes. */
export const largestFile = 25 * 1024 * 1024

/** Why a file is not taken. */
export type FileRefusal = 'unknown-kind' | 'old-format' | 'encrypted' | 'unreadable' | 'macros' | 'embedded' | 'absurd' | 'too-many-pixels' | 'too-slow'

/** The kind of a type that we once gave, or null. */
export const kindOfType = (type: string | null) => (Object.keys(fileKinds) as FileKind[]).find((kind) => fileKinds[kind].type === type) ?? null

/**
 * A name for the file as its sender called it: the last part of a path, without control characters or signs that turn
 * the reading direction, at most 80 characters, with the ending of what it really is.
 */
export function fileNameFor(given: string, kind: FileKind): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\uFFFD"<>|:*?]+/gu, ' ').replace(/\s+/g, ' ').trim()
  const stem = [...plain.replace(/(\.[a-z0-9]{1,5})+$/i, '').replace(/^[.\s]+|[.\s]+$/g, '')].slice(0, 80).join('').trim()
  return `${stem || 'document'}.${fileKinds[kind].ending}`
}

/** Content-Disposition with the name in both forms (RFC 6266; RFC 8187 for the second). */
export function disposition(name: string, inline: boolean): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\w .()-]/g, '_')
  const coded = encodeURIComponent(name).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${coded}`
}

import { openMailbox, placeOf, type Trouble, troubleOf } from './mailbox'

/** What the mailbox says when it is only looked into: nothing is read, nothing is marked. */
export type Looked =
  | { opens: false; host: string; folder: string; why: Trouble }
  | { opens: true; host: string; folder: string; isEncrypted: boolean; keepsMarks: boolean; tells: boolean; waiting: number; left: number }

/** Logs in, looks and leaves. Never rejects: what is in the way is part of the answer. */
export async function lookIntoMailbox(url: string): Promise<Looked> {
  const place = placeOf(url)
  const where = { host: `${place.host}:${place.port}`, folder: place.folder }
  try {
    const mailbox = await openMailbox(place, { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 8_000 })
    try {
      const { client, isEncrypted, keepsMarks } = mailbox
      const left = await client.search({ flagged: true, seen: false, deleted: false }, { uid: true })
      return { opens: true, ...where, isEncrypted, keepsMarks, tells: client.capabilities.has('IDLE'), waiting: (await mailbox.waiting()).length, left: left ? left.length : 0 }
    } finally {
      await mailbox.client.logout().catch(() => {})
      mailbox.client.close()
    }
  } catch (error) {
    return { opens: false, ...where, why: troubleOf(error) }
  }
}

/** What one may do at once, and how soon it is given back. */
export type Bucket = { most: number; perSecond: number }

/** Takes from a bucket that fills again by itself; false where there is not enough in it. */
export function bucket({ most, perSecond }: Bucket) {
  let [left, at] = [most, performance.now()]
  return (amount = 1) => {
    const now = performance.now()
    left = Math.min(most, left + ((now - at) / 1000) * perSecond)
    at = now
    if (amount > left) return false
    left -= amount
    return true
  }
}

/** How many there are of each; who is one too many is not counted. */
export function counter(most: number) {
  const counts = new Map<string, number>()
  return {
    add(key: string) {
      const count = counts.get(key) ?? 0
      if (count >= most) return false
      counts.set(key, count + 1)
      return true
    },
    take(key: string) {
      const count = counts.get(key) ?? 0
      if (count > 1) counts.set(key, count - 1)
      else counts.delete(key)
    },
  }
}

export const liveLimits = {
  /** One frame, in bytes. Whatever stands in notes of 2 MB fits in one; before the ticket, no more than a letter does. */
  frame: 3 * 1024 * 1024,
  frameBefore: 16 * 1024,
  framesBefore: 12,
  /** A hasty typist sends thirty frames a second, and as many of where they are. */
  frames: { most: 400, perSecond: 120 },
  octets: { most: 12 * 1024 * 1024, perSecond: 256 * 1024 },
  perDocument: 60,
  perWriter: 10,
  /** A school or a theatre's whole team may sit behind one address. */
  perNetwork: 200,
  comings: { most: 120, perSecond: 4 },
  /** Milliseconds until notes are stored: after the last change, and after the first at the latest. */
  stored: { after: 250, atTheLatest: 900 },
  /** Milliseconds until a socket has shown its ticket. */
  toShowTicket: 10_000,
  /** Rights are asked for again so often, in milliseconds. */
  rights: 10_000,
  /** Octets of Yjs: what was deleted leaves a trace there. */
  state: 12 * 1024 * 1024,
  /** Pieces that one change may cut what stands into, and what each costs of the octets. */
  cuts: 20_000,
  octetsPerCut: 100,
  /** What waits for something that never came. */
  early: 1024 * 1024,
  /** Octets that wait for somebody who does not read. */
  unread: 24 * 1024 * 1024,
}

export type LiveLimits = typeof liveLimits

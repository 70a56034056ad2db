/**
 * What was typed and is not yet stored by the house, in this browser's own store: changes of a Yjs document, by room
 * (event and person). Each tab takes out what it put in, and what it found there once that was sent.
 */
export interface Kept {
  /** What an earlier visit could not send. */
  found(): Promise<Uint8Array<ArrayBuffer>[]>
  /** Settles once the change surely stands on this device. */
  keep(update: Uint8Array): Promise<void>
  /** Takes out all that this tab has kept or found so far. */
  forget(): Promise<void>
}

const [base, store] = ['notes', 'unsent']

export function keptUnsent(room: string): Kept {
  const keys: IDBValidKey[] = []
  return {
    async found() {
      const [names, rows] = await inStore('readonly', (all) => {
        const here = all.index('room')
        return [here.getAllKeys(room), here.getAll(room)] as const
      })
      keys.push(...(names as IDBValidKey[]))
      return (rows as { update: Uint8Array<ArrayBuffer> }[]).map(({ update }) => update)
    },
    async keep(update) {
      const [key] = await inStore('readwrite', (all) => [all.add({ room, update })])
      keys.push(key as IDBValidKey)
    },
    async forget() {
      const gone = keys.splice(0)
      if (gone.length > 0) await inStore('readwrite', (all) => gone.map((key) => all.delete(key)))
    },
  }
}

/** For who leaves this browser: nothing that was typed stays on the device. */
export const forgetAllUnsent = () => {
  if (typeof indexedDB !== 'undefined') indexedDB.deleteDatabase(base)
}

/** One transaction; it rejects where the browser refuses its store (private windows, a full disk). */
async function inStore(mode: IDBTransactionMode, ask: (all: IDBObjectStore) => readonly IDBRequest[]): Promise<unknown[]> {
  const database = await opened()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' })
      const requests = ask(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(requests.map(({ result }) => result as unknown))
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
    })
  } finally {
    database.close()
  }
}

const opened = () =>
  new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open(base, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { autoIncrement: true }).createIndex('room', 'room')
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('refused'))
    asked.onblocked = () => reject(new Error('blocked'))
  })

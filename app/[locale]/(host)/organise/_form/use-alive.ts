import { useSyncExternalStore } from 'react'

/** Does a script run here? False on the server and in the first picture, so that the two are the same. */
export const useAlive = () => useSyncExternalStore(noChange, () => true, () => false)

const noChange = () => () => {}

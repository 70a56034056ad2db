/** How the event lets people in. */
type Door = { audience: string; provesAddress: boolean; approves: boolean }

/** What is known of who asks: on the list, or given a code; reads the address; has an organiser's yes. */
export type Pass = { letIn: boolean; proven: boolean; approved: boolean }

/** What somebody who asks for a seat needs next; `seat` is a seat, or a place in line. */
export type Admission = 'circle' | 'proof' | 'approval' | 'seat'

/**
 * The one decision behind every door: form, API, organiser, import, standing registration, a return, a proof, a yes.
 * The address is proven before an organiser is asked, so that nobody is asked about a stranger's address. In a closed
 * circle it is proven always: else anybody could take the seat of whoever is on its list.
 */
export function admission({ audience, provesAddress, approves }: Door, { letIn, proven, approved }: Pass): Admission {
  if (audience !== 'open' && !letIn) return 'circle'
  if (!proven && (provesAddress || (audience !== 'open' && !approved))) return 'proof'
  return approves && !approved ? 'approval' : 'seat'
}

/** Is a seat held while the address is being proven? Only where nothing else is asked for afterwards. */
export const holdsWhileProving = ({ approves }: Door, { approved }: Pass) => !approves || approved

/** A turn of the event loop that takes longer than this has others waiting in it. */
const busyMs = 15
const longestRestMs = 150

/**
 * Letters can wait, pages cannot: after each letter, where this process has more to do than it manages, its lane rests
 * for some turns as long as the last one. A backlog leaves quickly while nobody asks for anything, and beside a rush
 * it takes a small part of the processor, and still some twenty letters leave a second.
 */
export async function giveWay() {
  const began = performance.now()
  await new Promise((resolve) => setImmediate(resolve))
  const turn = performance.now() - began
  if (turn > busyMs) await new Promise((resolve) => setTimeout(resolve, Math.min(longestRestMs, turn * 4)))
}

import { config } from '@/lib/config'
import { log } from '@/lib/log'
import { serverAnswers } from './send'

const firstPause = 5_000
const longestPause = 60_000

/** What this process knows of the SMTP server. While it is away no letter is tried: none of them is at fault. */
const state = { isAway: false, askedAt: 0, pause: firstPause }
let asking: Promise<boolean> | undefined

export const serverIsAway = () => state.isAway

/** It took a letter, or refused one: it is there. */
export function heardFromServer() {
  if (state.isAway) log.info('mail server answers')
  Object.assign(state, { isAway: false, pause: firstPause })
}

/**
 * A letter got no answer, or one that is about us and not about it. Is the server away, or was it this letter? Asked
 * once for all letters that wonder at the same time.
 */
export async function isServerAway(): Promise<boolean> {
  if (await ask()) return false
  if (!state.isAway) log.warn('mail server does not answer')
  state.isAway = true
  return true
}

/** Asks whether a server that was away is back: after 5 seconds, then less and less often, once a minute at least. */
export async function lookForServer({ atOnce = false } = {}) {
  if (config().smtpUrl === undefined) return heardFromServer()
  if (!state.isAway || (!atOnce && performance.now() - state.askedAt < state.pause)) return
  if (await ask()) heardFromServer()
  else state.pause = Math.min(longestPause, state.pause * 2)
}

function ask() {
  asking ??= serverAnswers().finally(() => {
    asking = undefined
    state.askedAt = performance.now()
  })
  return asking
}

'use server'

import { refresh } from 'next/cache'
import { currentActor } from '@/app/_session/actor'
import { renewFeed } from '@/lib/registrations/renew-feed'

/** Makes the address of one's own calendar, or a new one in its place; foreign forms are refused at the door. */
export async function renewMyFeed() {
  await renewFeed(await currentActor())
  refresh()
}

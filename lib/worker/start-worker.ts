import { forgetMail } from '@/lib/inbox/forget'
import { work } from '@/lib/jobs/work'
import { log } from '@/lib/log'
import { startDelivery } from '@/lib/mail/deliver'
import { remindDue as remindRestitutionDue } from '@/lib/notes/remind-due'
import { sweepFiles } from '@/lib/notes/sweep-files'
import { forgetOldLogins } from '@/lib/people/keep-session'
import { forgetOldLimits } from '@/lib/rate-limit'
import { askTakeaway } from '@/lib/registrations/ask-takeaway'
import { eraseNeeds } from '@/lib/registrations/erase-needs'
import { lapseDue } from '@/lib/registrations/lapse'
import { remindDue } from '@/lib/registrations/remind'
import { forgetFollows } from '@/lib/syndication/forget-follows'
import { compose } from './compose'
import { handlers } from './handlers'

/** What the clock brings: every so many seconds, apart from each other, so that one that fails stops no other. */
const chores = [
  { name: 'lapse', seconds: 15, work: lapseDue },
  { name: 'remind', seconds: 15, work: remindDue },
  { name: 'takeaway', seconds: 15, work: askTakeaway },
  { name: 'restitution-due', seconds: 60, work: remindRestitutionDue },
  { name: 'needs', seconds: 600, work: eraseNeeds },
  { name: 'limits', seconds: 3600, work: forgetOldLimits },
  { name: 'logins', seconds: 3600, work: forgetOldLogins },
  { name: 'follows', seconds: 3600, work: forgetFollows },
  { name: 'files', seconds: 3600, work: sweepFiles },
  { name: 'incoming-mail', seconds: 3600, work: forgetMail },
]

/** Runs jobs, delivers letters and does the chores, in this process, until stopped; `stop` lets what is under way finish. */
export async function startWorker() {
  const jobs = await work(handlers)
  const delivery = startDelivery(compose)
  const clocks = chores.map(every)
  const healthy = () => ({ worker: true, mail: delivery.healthy() })
  return {
    healthy,
    async stop() {
      await Promise.all([jobs.stop(), delivery.stop(), ...clocks.map((clock) => clock.stop())])
    },
  }
}

type Chore = { name: string; seconds: number; work: () => Promise<unknown> }

/** Never twice at once in one process; several processes may do the same chore. */
function every({ name, seconds, work }: Chore) {
  let underWay: Promise<unknown> | null = null
  const timer = setInterval(() => {
    underWay ??= work()
      .catch((error) => log.warn('chore', { name, error: error instanceof Error ? error.name : 'unknown' }))
      .finally(() => (underWay = null))
  }, seconds * 1000)
  return {
    async stop() {
      clearInterval(timer)
      await underWay
    },
  }
}

import { work } from '@/lib/jobs/work'
import { log } from '@/lib/log'
import { startDelivery } from '@/lib/mail/deliver'
import { forgetOldLogins } from '@/lib/people/keep-session'
import { forgetOldLimits } from '@/lib/rate-limit'
import { compose } from './compose'
import { handlers } from './handlers'

const hour = 3_600_000

/** Runs jobs, delivers letters and tidies, in this process, until stopped; `stop` lets what is under way finish. */
export async function startWorker() {
  const jobs = await work(handlers)
  const delivery = startDelivery(compose)
  const tidying = setInterval(tidy, hour)
  const healthy = () => ({ worker: true, mail: delivery.healthy() })
  return {
    healthy,
    async stop() {
      clearInterval(tidying)
      await Promise.all([jobs.stop(), delivery.stop()])
    },
  }
}

function tidy() {
  Promise.all([forgetOldLimits(), forgetOldLogins()]).catch((error) => log.warn('tidying', { error: String(error) }))
}

import { crash } from '@/tests/support/crash'

const PEOPLE = 500
const KILLS = 4

/** Kills the program and its Postgres while people register, and prints what became of them. Resolves to the exit code. */
export async function printCrash(seed: number) {
  console.log(`${PEOPLE} registrations by form and API, ${KILLS} times killed (SIGKILL), seed ${seed}:\n`)
  const report = await crash({ people: PEOPLE, kills: KILLS, seed, say: (line) => console.log(`  ${line}`) })
  const { answered, cutOff, registered, confirmed, seats, missing, seconds, unreached, repeated, needless, twice, violations } = report
  const lines = [
    `${answered} were answered with a yes, ${cutOff} were cut off by a kill; ${registered} are registered, ${confirmed} confirmed of ${seats} seats`,
    `${missing.length} answered with a yes and not as answered in the database`,
    seconds === null ? `${unreached.length} letters had not arrived 120 s after the last start` : `every confirmed and waiting person's letter had arrived ${seconds.toFixed(1)} s after the last start`,
    `${repeated} letters came twice under their Message-ID, ${needless.length} of them were not on their way at a kill; ${twice.length} came under two`,
    violations === '' ? 'check finds nothing wrong' : `check finds:\n${violations}`,
  ]
  console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}`)
  return missing.length + unreached.length + needless.length + twice.length === 0 && violations === '' && confirmed <= seats ? 0 : 1
}

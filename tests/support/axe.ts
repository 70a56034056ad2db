import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds on the page as it is, one line per fault; nothing it knows is left out. */
export async function faults(page: Page, where: string, only: string[] = []): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await (only.length > 0 ? axe.withRules(only) : axe).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${where}: ${id}: ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? node.failureSummary ?? ''}`),
  )
}

/** Nothing sticks out sideways, which a small screen would have to be scrolled for. */
export async function overflow(page: Page, where: string): Promise<string[]> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return width > 0 ? [`${where}: ${width} px stick out to the right`] : []
}

/** What another palette can break: nothing else of the page changes with it. */
const ofColours = ['color-contrast', 'link-in-text-block']

/** The page as it opened, then its colours in dark, then all of it on a phone: one load for the three. */
export async function faultsInEachDress(page: Page, where: string): Promise<string[]> {
  const found = await faults(page, where)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await painted(page)
  found.push(...(await faults(page, `${where}, in dark`, ofColours)))
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(phone)
  await painted(page)
  found.push(...(await faults(page, `${where}, at 375 px`)), ...(await overflow(page, `${where}, at 375 px`)))
  await page.setViewportSize(desk)
  return found
}

/** Colours that were changed under a page reach its texts a frame later. */
const painted = (page: Page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

export const desk = { width: 1280, height: 900 }
export const phone = { width: 375, height: 740 }

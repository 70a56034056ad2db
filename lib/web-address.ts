import { config } from '@/lib/config'
import { type Pathname, pathOf } from '@/lib/pathnames'

/** The public address of a page of ours, for letters, feeds and machines. */
export const webAddress = (page: Pathname, params: Record<string, string | number>, locale: string) =>
  config().appUrl + pathOf(page, params, locale)

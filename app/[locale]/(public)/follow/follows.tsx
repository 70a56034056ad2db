import { getTranslations } from 'next-intl/server'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { getPathname, type Href } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { capability } from '@/lib/ids'
import { pathOf } from '@/lib/pathnames'
import { type FollowRow, type Thing, thingsOf } from '@/lib/syndication/queries'
import { stateOfFollow } from '@/lib/syndication/rules'
import styles from './follow.module.css'

const tokenOf = ({ id, generation }: FollowRow) => capability('follow', id, generation)

export const pageOf = ({ page, params }: Thing, locale: Locale) => getPathname({ href: { pathname: page, params } as Href, locale })

type Act = { row: FollowRow; act: 'confirm' | 'stop' | 'stop-all'; label: string; of?: string; look: 'accent' | 'ghost' | 'quiet' | 'danger'; from?: 'me'; locale: Locale }

/** A button that acts on a follow, by its own link. `from` is where to lead back to: its page, or one's own place. */
export function FollowAct({ row, act, label, of, look, from, locale }: Act) {
  return (
    <form method="post" action={pathOf('/follow/[token]/change', { token: tokenOf(row) }, locale)}>
      <input type="hidden" name="act" value={act} />
      {from && <input type="hidden" name="from" value={from} />}
      <Button look={look}>{label}{of && <span className="visually-hidden"> {of}</span>}</Button>
    </form>
  )
}

/** What addresses follow, each with a button: to stop, to say yes, to begin again. */
export async function Follows({ rows, locale, from, showsAddress }: { rows: FollowRow[]; locale: Locale; from?: 'me'; showsAddress?: boolean }) {
  const [t, things] = await Promise.all([getTranslations({ locale, namespace: 'follow' }), thingsOf(rows.map(({ target }) => target), locale)])
  const known = rows.flatMap((row) => {
    const thing = things.get(row.target)
    return thing ? [{ row, thing }] : []
  })
  return (
    <ul className={styles.list}>
      {known.map(({ row, thing }) => {
        const state = stateOfFollow(row)
        const act = state === 'following' ? ('stop' as const) : ('confirm' as const)
        return (
          <li key={row.id} className={styles.one}>
            <div>
              <p className={styles.kind}>{thing.kind === 'recommendation' ? t('thing.recommendation', { number: thing.number ?? 0 }) : t(`thing.${thing.kind}`)}</p>
              <p className={styles.name}><a href={pageOf(thing, locale)} lang={thing.lang}>{thing.name}</a></p>
              <p className="small">{t(`state.${state}`)} {showsAddress && t('at', { address: row.address })}</p>
            </div>
            <FollowAct row={row} act={act} look={act === 'stop' ? 'quiet' : 'ghost'} label={t(`act.${state}`)} of={thing.name} from={from} locale={locale} />
          </li>
        )
      })}
    </ul>
  )
}

/** What a button did, or why it did not, as the address says it afterwards. */
export async function FollowSaid({ said, locale }: { said?: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'follow' })
  if (!said || !/^[a-z-]{1,30}$/.test(said)) return null
  if (t.has(`said.${said}` as 'said.stopped')) return <Notice tone="success" live="status" title={t(`said.${said}` as 'said.stopped')} />
  return t.has(`errors.${said}` as 'errors.too-many') ? <Notice tone="warning" live="alert" title={t(`errors.${said}` as 'errors.too-many')} /> : null
}

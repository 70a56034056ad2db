import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Frame, Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { SearchForm } from '@/app/_ui/search-form'
import { Table } from '@/app/_ui/table'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { isId } from '@/lib/ids'
import { countMembers, memberById, members } from '@/lib/people/queries'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { ListForm } from '@/app/[locale]/(host)/organise/_form/list-form'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { addToMembers, putMember, takeMemberOff } from './actions'
import { sayDates, sayMember } from './member-words'
import styles from './members.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const known = ['added', 'changed', 'removed'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'people.members' })
  return { title: t('title') }
}

/** Who is a member: addresses and domains, with the days between which it holds. */
export default async function MembersPage({ params, searchParams }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const t = await getTranslations({ locale, namespace: 'people.members' })
  const words = await getTranslations({ locale, namespace: 'people.list' })
  const asked = await searchParams
  const id = (name: string) => (isId(asked[name]) ? asked[name] : undefined)
  const q = typeof asked.q === 'string' ? asked.q.slice(0, 200).replaceAll('\0', '') : ''
  const [all, { list, next }, changing, leaving] = await Promise.all([
    countMembers(),
    members({ q, after: id('after') }),
    memberById(id('change')),
    memberById(id('remove')),
  ])
  const did = saidDone(asked.done, known)
  const here = getPathname({ href: '/organise/members', locale })
  const at = (query: Record<string, string>, hash = '') => `${here}?${new URLSearchParams({ ...(q ? { q } : {}), ...query })}${hash}`

  return (
    <Page>
      <PageHead title={t('title')}>
        <p>{t('lede')}</p>
        <p className={styles.jump}><a href="#add">{t('add.title')}</a></p>
      </PageHead>
      {did && <Notice tone="success" live="status"><p>{t(`done.${did}`)}</p></Notice>}
      {changing && (
        <Frame id="change">
          <h2 className={styles.framed}>{t('change.title', { value: sayMember(changing) })}</h2>
          <TextForm
            act={putMember}
            fields={{ id: changing.id, locale }}
            questions={[
              { name: 'label', label: t('change.label'), optional: t('optional'), max: 120, value: changing.label ?? '' },
              { name: 'since', label: t('change.since'), hint: t('change.dayHint'), optional: t('optional'), max: 10, value: dayTyped(changing.since) },
              { name: 'until', label: t('change.until'), hint: t('change.untilHint'), optional: t('optional'), max: 10, value: dayTyped(changing.until) },
            ]}
            label={t('change.submit')}
            wrong={t('wrong')}
          />
          <p className={styles.leave}><a href={at({})}>{t('leave')}</a></p>
        </Frame>
      )}
      {leaving && (
        <Frame id="remove">
          <Stack close>
            <h2 className={styles.framed}>{t('remove.title', { value: sayMember(leaving) })}</h2>
            <p>{t(`remove.tells.${leaving.kind}`)}</p>
            <ActForm act={takeMemberOff} fields={{ id: leaving.id, locale }} label={t('remove.confirm')} look="danger" />
            <p><a href={at({})}>{t('leave')}</a></p>
          </Stack>
        </Frame>
      )}
      <Section id="list" title={t('list')} beside={all > 0 ? t('count', { count: all }) : undefined}>
        {all === 0 ? (
          <EmptyState title={t('empty')}><p>{t('emptyHint')}</p></EmptyState>
        ) : (
          <>
            <SearchForm className={styles.search} action={here} label={t('search')} find={t('find')} q={q} />
            <Table
              caption={t('list')}
              captionHidden
              empty={<p className="muted">{t('nothing', { q })} <a href={here}>{t('showAll')}</a></p>}
              columns={[
                { key: 'value', label: t('columns.value') },
                { key: 'label', label: t('columns.label') },
                { key: 'dates', label: t('columns.dates') },
                { key: 'act', label: t('columns.act') },
              ]}
              rows={list.map((member) => ({
                key: member.id,
                cells: [
                  <span key="value" className={styles.value}>{sayMember(member)}</span>,
                  member.label,
                  member.holds === 'now' ? sayDates(member, locale, t) || null : <span key="dates">{sayDates(member, locale, t)} <strong>{t(`holds.${member.holds}`)}</strong></span>,
                  <span key="act" className={styles.acts}>
                    <a href={at({ change: member.id }, '#change')}>{t('change.link')}<span className="visually-hidden"> {sayMember(member)}</span></a>
                    <a href={at({ remove: member.id }, '#remove')}>{t('remove.link')}<span className="visually-hidden"> {sayMember(member)}</span></a>
                  </span>,
                ],
              }))}
            />
            <Pagination label={t('list')} previous={id('after') ? { href: at({}, '#list'), label: t('first') } : undefined} next={next ? { href: at({ after: next }, '#list'), label: t('next') } : undefined} />
          </>
        )}
      </Section>
      <Section id="add" title={t('add.title')}>
        <ListForm
          act={addToMembers}
          fields={{ locale }}
          says={{ label: t('add.label'), hint: t('add.hint'), look: t('add.look'), file: words('file'), fileHint: words('fileHint'), back: words('back'), line: words('line') }}
        />
      </Section>
    </Page>
  )
}

/** As people type a day: 01/09/2026. */
const dayTyped = (day: string | null) => (day ? day.split('-').toReversed().join('/') : '')

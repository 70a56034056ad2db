import { getTranslations } from 'next-intl/server'
import { Button } from '@/app/_ui/button'
import { Select } from '@/app/_ui/field'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Choices } from './choice'
import styles from './subscribe.module.css'

/** What to follow: a list and a button, so that the choice is an address, which can be sent on, and asks no script. */
export async function ChooseForm({ choices: { chosen, groups }, locale }: { choices: Choices; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'subscribe' })
  return (
    <form action={getPathname({ href: '/subscribe', locale })} className={`${styles.choose} no-print`}>
      <Select name="follow" label={t('choose.label')} defaultValue={chosen.follow}>
        {groups.map(({ kind, label, choices }) => {
          const options = choices.map(({ follow, name, lang, report }) => (
            <option key={follow} value={follow} lang={lang}>{report ? `${report.number}. ${name}` : name}</option>
          ))
          if (kind === 'events' || kind === 'event') return options
          return <optgroup key={kind + label} label={label ? t('choose.recommendation', { report: label }) : t(`choose.${kind as 'format'}`)}>{options}</optgroup>
        })}
      </Select>
      <Button look="ghost">{t('choose.submit')}</Button>
    </form>
  )
}

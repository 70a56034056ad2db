import { getTranslations } from 'next-intl/server'
import { Button } from '@/app/_ui/button'
import { Section, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { addressesOf } from '@/lib/people/queries'
import { addMyAddress, changeMyAddress, removeMyAddress } from './actions'
import { AddressForm } from './address-form'
import styles from './me.module.css'

/** The addresses one logs in with: change the first, add another, take one off. */
export async function OwnAddresses({ personId, locale }: { personId: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'mine.me' })
  const { first, others } = await addressesOf(personId)
  const [before, after] = t('addresses.sent', { address: '|' }).split('|')
  const words = { send: t('addresses.ask'), wrong: t('addresses.wrong'), sent: [before, after] as [string, string] }
  return (
    <Section title={t('parts.addresses')} id="addresses">
      <Stack close>
        <p className="measure">{t('addresses.words')}</p>
        <ul className={styles.list}>
          <li><span className={styles.what}><b>{first.address}</b></span><span className="small">{t('addresses.first')}</span></li>
          {others.map(({ address, addressFold }) => (
            <li key={addressFold}>
              <span className={styles.what}><b>{address}</b></span>
              <span className="small">{t('addresses.other')}</span>
              <form action={removeMyAddress}>
                <input type="hidden" name="locale" value={locale} />
                <input type="hidden" name="address" value={addressFold} />
                <Button look="quiet">{t('addresses.remove')}<span className="visually-hidden"> {address}</span></Button>
              </form>
            </li>
          ))}
        </ul>
        {others.length > 0 && <p className="small">{t('addresses.removeWords')}</p>}
        <div>
          <AddressForm ask={changeMyAddress} name="change-email" locale={locale} words={{ ...words, title: t('addresses.change'), text: t('addresses.changeWords'), label: t('addresses.changeLabel') }} />
          <AddressForm ask={addMyAddress} name="add-email" locale={locale} words={{ ...words, title: t('addresses.add'), text: t('addresses.addWords'), label: t('addresses.addLabel') }} />
        </div>
      </Stack>
    </Section>
  )
}

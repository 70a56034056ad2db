import { describe, expect, it } from 'vitest'
import { placeOf } from '@/i18n/place'

describe('an address and its pair', () => {
  it('leads from a French page to the English one and back', () => {
    expect(placeOf('/rendez-vous/un-cafe/restitution')).toEqual({
      page: '/events/[slug]/notes',
      addresses: { fr: '/rendez-vous/un-cafe/restitution', en: '/en/events/un-cafe/notes' },
    })
    expect(placeOf('/en/events/un-cafe/notes').addresses.fr).toBe('/rendez-vous/un-cafe/restitution')
  })

  it('keeps what the reader was looking for', () => {
    expect(placeOf('/?theme=formation').addresses.en).toBe('/en?theme=formation')
    expect(placeOf('/en?theme=formation').addresses.fr).toBe('/?theme=formation')
  })

  it('takes a written-out segment before a name', () => {
    expect(placeOf('/organiser/rendez-vous/nouveau').page).toBe('/organise/events/new')
    expect(placeOf('/organiser/rendez-vous/nouveautes').page).toBe('/organise/events/[slug]')
  })

  it('does not mistake a French address that begins with en for an English one', () => {
    expect(placeOf('/ensemble')).toEqual({ page: null, addresses: { fr: '/', en: '/en' } })
  })

  it('survives an address that nobody could have written', () => {
    expect(placeOf('/rendez-vous/%E0%A4%A').page).toBe('/events/[slug]')
    expect(placeOf('//rendez-vous').page).toBe(null)
  })
})

export type SubscribeLinks = { webcal: string; google: string; outlook: string; microsoft365: string }

/**
 * Links that subscribe somebody's calendar to a feed, `address` its https address. Devices with a calendar of their own
 * (Apple, Thunderbird, classic Outlook) open `webcal:`; the web calendars get the address handed over. Google adds a feed
 * only by its webcal form (with https it looks for one of its own calendars); Outlook wants https and the name.
 */
export function subscribeLinks(address: string, name: string): SubscribeLinks {
  const webcal = address.replace(/^https?:/, 'webcal:')
  // Spaces as %20: Outlook shows a plus sign as a plus sign.
  const asked = `url=${encodeURIComponent(address)}&name=${encodeURIComponent(name)}`
  return {
    webcal,
    google: `https://calendar.google.com/calendar/render?cid=${encodeURIComponent(webcal)}`,
    outlook: `https://outlook.live.com/calendar/0/addfromweb?${asked}`,
    microsoft365: `https://outlook.office.com/calendar/0/addfromweb?${asked}`,
  }
}

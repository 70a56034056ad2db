import type { Page } from '@playwright/test'
import type { Mail } from './e2e'

/** The way in that a person takes: the address typed, the letter, its code or its link. */
export async function logIn(page: Page, mail: Mail, address: string, by: 'code' | 'link' = 'code', returnTo = '/organiser') {
  const after = await mail.count()
  await page.goto(`/connexion?returnTo=${encodeURIComponent(returnTo)}`)
  await page.getByLabel('Votre adresse électronique').fill(address)
  await page.getByRole('button', { name: 'Recevoir le lien et le code' }).click()
  await page.getByRole('heading', { name: 'Votre code' }).waitFor()
  // Other letters to them may still be on their way.
  const { text = '' } = await mail.next((letter) => letter.recipients[0] === address && /\/connexion\/lien/.test(letter.text ?? ''), { after })
  if (by === 'code') {
    await page.getByLabel('Code à six chiffres').fill(/^\s*(\d{3} ?\d{3})\s*$/m.exec(text)?.[1] ?? '')
    await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  } else {
    await page.goto(/https?:\/\/\S+\/connexion\/lien\S+/.exec(text)?.[0] ?? 'about:blank')
    await page.getByRole('button', { name: 'Se connecter avec cette adresse' }).click()
  }
  await page.waitForURL(`**${returnTo}`)
}

/** What organisers' programs may do, for a test that needs an event of its own and is not about making one. */
export function theApi(token: string) {
  const url = String(process.env.E2E_URL)
  return async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Record<string, unknown>
  }
}

'use client'

import { usePathname } from 'next/navigation'
import en from '@/messages/en/mishap.json'
import fr from '@/messages/fr/mishap.json'
import { Button, Buttons, LinkButton } from './button'
import { Page, PageHead } from './page'

/** What an error page says. It brings its few sentences itself, for it must stand when nothing else does. */
export function Mishap({ digest, retry }: { digest?: string; retry: () => void }) {
  const english = useEnglish()
  const words = english ? en : fr
  return (
    <Page>
      <div role="alert">
        <PageHead title={words.title}>
          <p>{words.text}</p>
          {digest && <p className="small muted">{words.reference} <span className="code">{digest}</span></p>}
        </PageHead>
      </div>
      <Buttons>
        <Button type="button" onClick={retry}>{words.retry}</Button>
        <LinkButton look="ghost" href={english ? '/en' : '/'}>{words.agenda}</LinkButton>
      </Buttons>
    </Page>
  )
}

export function useEnglish(): boolean {
  const path = usePathname() ?? '/'
  return path === '/en' || path.startsWith('/en/')
}

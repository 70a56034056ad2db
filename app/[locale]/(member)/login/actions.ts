'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { action } from '@/app/_session/action'
import { noPending, pendingCookie } from '@/app/_session/pending-login'
import { getPathname } from '@/i18n/navigation'
import { openLogin } from '@/lib/people/open-login'
import { localPath } from '@/lib/people/rules'
import { LoginInput } from '@/lib/people/schema'

/** Sends the letter, and leads to the page for the code: the same whether the address is known or not. */
export const askForLetter = asking({ again: false })

/** The same from the page for the code, which then says that another letter has left. */
export const askAgain = asking({ again: true })

function asking({ again }: { again: boolean }) {
  return action({
    room: 'login',
    schema: LoginInput,
    verb: (actor, input, { network }) => openLogin(actor, { ...input, network }),
    then: async ({ address }, { returnTo, locale }) => {
      const jar = await cookies()
      jar.set(pendingCookie({ ...noPending, address, returnTo: localPath(returnTo, ''), again }))
      redirect(getPathname({ href: '/login/code', locale }))
    },
  })
}

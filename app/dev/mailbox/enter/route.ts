import { connection, type NextRequest, NextResponse } from 'next/server'
import { keyCookie, mailboxPath, opens } from '@/app/dev/mailbox/entry'
import { privately } from '@/app/privately'

/** Takes the key out of the address, where histories and screens would show it, into a cookie. */
export async function GET(request: NextRequest) {
  await connection()
  const key = request.nextUrl.searchParams.get('key') ?? ''
  const answer = new NextResponse(null, { status: 303, headers: { ...privately, Location: mailboxPath } })
  const { name, options } = keyCookie()
  if (opens(key)) answer.cookies.set(name, key, options)
  return answer
}

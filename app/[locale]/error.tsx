'use client'

import { Mishap } from '@/app/_ui/mishap'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <Mishap digest={error.digest} retry={reset} />
}

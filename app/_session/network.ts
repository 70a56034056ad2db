import { networkOf as networkOfAddress } from '@/lib/rate-limit'

/** The network that asks, for rate limits, from the header that server/client-address.ts writes itself. */
export const networkOf = (headers: Headers) => networkOfAddress(headers.get('x-client-address') ?? '')

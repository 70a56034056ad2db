import { notFound } from 'next/navigation'

/** Every address that no page has: the house's own 404, in the address's language. */
export default function Missing() {
  notFound()
}

import { z } from 'zod'
import { callOffInput } from '@/lib/events/schema'
import { slug } from '@/lib/fields'

/** Small forms about one event; browsers send its slug, and the language of their page. */
export const eventNamed = z.object({ event: slug })
export const callOffForm = eventNamed.extend({ reason: callOffInput.shape.reason })

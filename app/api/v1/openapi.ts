import { z } from 'zod'
import { discussedBody } from '@/lib/coverage/schema'
import { callOffInput, eventInput, eventPatch } from '@/lib/events/schema'
import { notesBody, publishInput } from '@/lib/notes/schema'
import { registrationInput } from '@/lib/registrations/schema'
import { examples } from './examples'
import { eventFilter, searchFilter } from './parameters'
import * as shapes from './shapes'

/**
 * The API's description (OpenAPI 3.1), made of the very schemas that read what is sent and of those that the tests
 * hold the answers to. `server` is the public address.
 */
export function openapi(server: string) {
  return {
    openapi: '3.1.0',
    info: { title: 'Parlons-en', version: '1', description, license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' } },
    servers: [{ url: server }],
    tags: [{ name: 'events' }, { name: 'registrations' }, { name: 'reports' }, { name: 'search' }],
    paths: paths(),
    components: {
      schemas: schemas(),
      responses: { ...problems(), NotModified: { description: 'Nothing changed since the ETag in If-None-Match.' } },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An organiser’s token, made by `npm run admin -- token <email> <name>`.' },
      },
    },
  }
}

const description = [
  'Reports, the sessions that discuss them, and registering for these.',
  'Times come out as RFC 3339 with offset, and go in so or as local time of `timeZone`; where an hour is not known there is a date.',
  'Errors are problem documents (RFC 9457) in French or English, by Accept-Language. 400: the request cannot be read as what is expected (no JSON, a value of another type, an unknown field, a parameter that does not fit); 422: it is read, and a value is refused. Both name each field with a reason.',
  'Reading is public and needs no token, except where said; drafts are seen with a token alone. What everybody may read, any page of the web may (CORS), and has an ETag.',
].join('\n\n')

const inputs = { EventInput: eventInput, EventPatch: eventPatch, CallOffInput: callOffInput, RegistrationInput: registrationInput, DiscussedInput: discussedBody, NotesInput: notesBody, PublishInput: publishInput }

const outputs = {
  Event: shapes.event,
  EventList: shapes.eventList,
  ReportList: shapes.reportList,
  Report: shapes.report,
  Coverage: shapes.coverage,
  Discussed: shapes.discussed,
  Notes: shapes.notes,
  NotesSaved: shapes.notesSaved,
  Published: shapes.published,
  Registered: shapes.registered,
  RegistrationList: shapes.registrationList,
  Found: shapes.found,
  Problem: shapes.problem,
}

function schemas() {
  const made = [
    ...Object.entries(inputs).map(([name, schema]) => [name, jsonSchema(schema, 'input')] as const),
    ...Object.entries(outputs).map(([name, schema]) => [name, jsonSchema(schema, 'output')] as const),
  ]
  return Object.fromEntries(made.map(([name, schema]) => [name, { ...schema, ...(examples[name] ? { examples: [examples[name]] } : {}) }]))
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const ref = (kind: 'schemas' | 'responses', name: string) => ({ $ref: `#/components/${kind}/${name}` })
const content = (name: string) => ({ 'application/json': { schema: ref('schemas', name) } })
const answer = (text: string, name: string) => ({ description: text, content: content(name) })
const body = (name: string, required = true) => ({ required, content: content(name) })
const inPath = (name: string, text: string) => ({ name, in: 'path', required: true, description: text, schema: { type: 'string', maxLength: 120 } })
const slug = inPath('slug', 'The event’s or report’s slug; a renamed one keeps answering.')
const fails = (...statuses: (keyof typeof failures)[]) => Object.fromEntries(statuses.map((status) => [status, ref('responses', failures[status][0])]))

const failures = {
  400: ['Unreadable', 'The request cannot be read as what is expected here.'],
  401: ['NoToken', 'No token, or one that opens nothing.'],
  403: ['Forbidden', 'Not allowed, or sent by a page of another site with a session’s cookie.'],
  404: ['NotFound', 'Nothing has this address, or nothing that you may see.'],
  405: ['MethodNotAllowed', 'The header Allow says which methods this address knows.'],
  409: ['Conflict', 'Not possible as things stand; `reason` says why: closed, full, called-off, already-over, not-published.'],
  413: ['TooLarge', 'The body is larger than 64 kB; of notes, than 2 MB of Markdown.'],
  415: ['NotJson', 'The body is not application/json.'],
  422: ['Refused', 'Some values are refused.'],
  429: ['TooMany', 'The header Retry-After says after how many seconds to try again.'],
  500: ['Fault', 'A fault of ours.'],
  503: ['Away', 'The database does not answer at the moment.'],
} as const

const failureHeaders: Partial<Record<keyof typeof failures, [string, string]>> = {
  401: ['WWW-Authenticate', 'string'],
  405: ['Allow', 'string'],
  429: ['Retry-After', 'integer'],
  503: ['Retry-After', 'integer'],
}

function problems() {
  return Object.fromEntries(
    Object.entries(failures).map(([status, [name, text]]) => {
      const header = failureHeaders[Number(status) as keyof typeof failures]
      return [
        name,
        {
          description: text,
          ...(header ? { headers: { [header[0]]: { schema: { type: header[1] } } } } : {}),
          content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } },
        },
      ]
    }),
  )
}

function paths() {
  const reading = { 304: ref('responses', 'NotModified'), ...fails(405, 500, 503) }
  const writing = fails(400, 401, 403, 405, 413, 415, 422, 429, 500, 503)
  const token = [{ token: [] }]
  const perhapsToken = [{}, { token: [] }]
  return {
    '/api/v1/search': {
      get: {
        tags: ['search'],
        operationId: 'search',
        summary: 'Words in all that is public; accents, case, plurals and typing mistakes do not matter',
        parameters: parametersOf(searchFilter, { q: 'Words, or a recommendation’s number.', limit: 'Results, 1 to 50; 20 if not given.' }),
        responses: { 200: answer('What was found', 'Found'), ...reading, ...fails(400, 429) },
      },
    },
    '/api/v1/reports': {
      get: { tags: ['reports'], operationId: 'listReports', summary: 'Every report', responses: { 200: answer('The reports', 'ReportList'), ...reading } },
    },
    '/api/v1/reports/{slug}': {
      parameters: [slug],
      get: { tags: ['reports'], operationId: 'getReport', summary: 'A report with its recommendations and themes', responses: { 200: answer('The report', 'Report'), ...reading, ...fails(404) } },
    },
    '/api/v1/reports/{slug}/coverage': {
      parameters: [slug],
      get: { tags: ['reports'], operationId: 'getCoverage', summary: 'What of a report has been discussed', responses: { 200: answer('The coverage', 'Coverage'), ...reading, ...fails(404) } },
    },
    '/api/v1/reports/{slug}/coverage.csv': {
      parameters: [slug],
      get: {
        tags: ['reports'],
        operationId: 'getCoverageAsCsv',
        summary: 'The same as a list (RFC 4180), a line for each recommendation',
        parameters: [{ name: 'excel', in: 'query', required: false, description: 'With the words of the screens in that language, a byte order mark and semicolons, as Excel opens it on a French machine.', schema: { type: 'string', enum: ['fr', 'en'] } }],
        responses: { 200: { description: 'The list', content: { 'text/csv': { schema: { type: 'string' } } } }, ...reading, ...fails(404) },
      },
    },
    '/api/v1/events': {
      get: {
        tags: ['events'],
        operationId: 'listEvents',
        summary: 'Published and called-off events by start, from now on unless `from` says otherwise, 50 a page',
        parameters: queryParameters(),
        responses: { 200: answer('A page of events', 'EventList'), ...reading, ...fails(400) },
      },
      post: {
        tags: ['events'],
        operationId: 'createEvent',
        summary: 'Make a draft',
        security: token,
        requestBody: body('EventInput'),
        responses: { 201: { ...answer('The draft', 'Event'), headers: { Location: { schema: { type: 'string' } } } }, ...writing },
      },
    },
    '/api/v1/events/{slug}': {
      parameters: [slug],
      get: { tags: ['events'], operationId: 'getEvent', summary: 'An event; a draft with a token', security: perhapsToken, responses: { 200: answer('The event', 'Event'), ...reading, ...fails(401, 404) } },
      patch: {
        tags: ['events'],
        operationId: 'editEvent',
        summary: 'Change what is given, and nothing else; a move tells everybody registered',
        security: token,
        requestBody: body('EventPatch'),
        responses: { 200: answer('The event', 'Event'), ...writing, ...fails(404, 409) },
      },
    },
    '/api/v1/events/{slug}/publish': {
      parameters: [slug],
      post: { tags: ['events'], operationId: 'publishEvent', summary: 'Put a draft on the agenda', security: token, responses: { 200: answer('The event', 'Event'), ...writing, ...fails(404, 409) } },
    },
    '/api/v1/events/{slug}/call-off': {
      parameters: [slug],
      post: {
        tags: ['events'],
        operationId: 'callOffEvent',
        summary: 'Call a published event off; everybody registered is told',
        security: token,
        requestBody: body('CallOffInput', false),
        responses: { 200: answer('The event', 'Event'), ...writing, ...fails(404, 409) },
      },
    },
    '/api/v1/events/{slug}/put-back-on': {
      parameters: [slug],
      post: {
        tags: ['events'],
        operationId: 'putEventBackOn',
        summary: 'Put an event back on that was called off; everybody registered is told',
        security: token,
        responses: { 200: answer('The event', 'Event'), ...writing, ...fails(404, 409) },
      },
    },
    '/api/v1/events/{slug}/discussed': {
      parameters: [slug],
      post: {
        tags: ['events'],
        operationId: 'confirmDiscussed',
        summary: 'Say what was discussed at a session that has begun; replaces what was said before, an empty list says that nothing was',
        security: token,
        requestBody: body('DiscussedInput'),
        responses: { 200: answer('How many', 'Discussed'), ...writing, ...fails(404, 409) },
      },
    },
    '/api/v1/events/{slug}/notes': {
      parameters: [slug],
      get: { tags: ['events'], operationId: 'getNotes', summary: 'The published notes of a session', security: perhapsToken, responses: { 200: answer('The newest edition', 'Notes'), ...reading, ...fails(401, 404) } },
      put: {
        tags: ['events'],
        operationId: 'putNotes',
        summary: 'Put Markdown in place of the notes that are being written: nothing is published. `{#report/16}` or `{#theme}` at the end of a paragraph makes it a passage; what does not exist is refused with its line (`markdown.line-12`)',
        security: token,
        requestBody: { required: true, content: { ...content('NotesInput'), 'text/markdown': { schema: { type: 'string' } } } },
        responses: { 200: answer('What stands now', 'NotesSaved'), ...writing, ...fails(404, 409) },
      },
    },
    '/api/v1/events/{slug}/notes/publish': {
      parameters: [slug],
      post: {
        tags: ['events'],
        operationId: 'publishNotes',
        summary: 'Publish the notes as they stand as the next edition; `revision` refuses where they are others than what was read, `told` says whether those who asked are told',
        security: token,
        requestBody: body('PublishInput', false),
        responses: { 201: { ...answer('The edition', 'Published'), headers: { Location: { schema: { type: 'string' } } } }, ...writing, ...fails(404, 409) },
      },
    },
    '/api/v1/events/{slug}/notes.md': {
      parameters: [slug],
      get: {
        tags: ['events'],
        operationId: 'getNotesAsMarkdown',
        summary: 'The same as Markdown, with `{#report/16}` behind each passage',
        security: perhapsToken,
        responses: { 200: { description: 'The newest edition', content: { 'text/markdown': { schema: { type: 'string' } } } }, ...reading, ...fails(401, 404) },
      },
    },
    '/api/v1/events/{slug}/registrations': {
      parameters: [slug],
      get: { tags: ['registrations'], operationId: 'listRegistrations', summary: 'Everybody who ever registered, cancelled ones too', security: token, responses: { 200: answer('The registrations', 'RegistrationList'), ...fails(401, 403, 404, 405, 429, 500, 503) } },
      post: {
        tags: ['registrations'],
        operationId: 'register',
        summary: 'Take a seat, or a place in line; needs no token',
        security: perhapsToken,
        requestBody: body('RegistrationInput'),
        responses: { 201: answer('Where the address stands', 'Registered'), ...writing, ...fails(404, 409) },
      },
    },
  }
}

const queryParameters = () => parametersOf(eventFilter, says)

function parametersOf(filter: z.ZodType, descriptions: Record<string, string>) {
  const { properties = {}, required = [] } = jsonSchema(filter, 'input')
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), ...(descriptions[name] ? { description: descriptions[name] } : {}), schema }))
}

const says: Record<string, string> = {
  from: 'Events that start from then on; without it, those that are not over.',
  to: 'Events that start before then.',
  theme: 'A theme’s slug.',
  series: 'A format’s or a cycle’s slug.',
  report: 'A report’s slug.',
  recommendation: 'A recommendation’s number, in the report given.',
  q: 'Words; accents, case and plurals do not matter.',
  cursor: 'The `next` of the page before.',
  limit: 'Events on a page, 1 to 200; 50 if not given.',
}

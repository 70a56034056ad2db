import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { noVariables } from '@/lib/config'

interface Service {
  build?: string
  image?: string
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  volumes?: string[]
  healthcheck?: { test: string[] }
}

const file = parse(readFileSync('docker-compose.yml', 'utf8'), { strict: true }) as {
  services: Record<'app' | 'postgres' | 'mail', Service>
  volumes: Record<string, unknown>
}

test('the composition has the program, a real Postgres and a mail catcher', () => {
  expect(Object.keys(file.services)).toEqual(['app', 'postgres', 'mail'])
  expect(file.services.app.build).toBe('.')
  expect(file.services.postgres.image).toBe('postgres:18')
  expect(file.services.mail.image).toMatch(/mailpit:v\d/)
})

test('the program is told its database, its mail server and its secret, by names that it knows', () => {
  const { environment = {} } = file.services.app
  expect(Object.keys(noVariables())).toEqual(expect.arrayContaining(Object.keys(environment)))
  expect(new URL(environment.DATABASE_URL.replaceAll(/\$\{[^}]*\}/g, 'x')).hostname).toBe('postgres')
  expect(environment.SMTP_URL).toContain('smtp://mail:1025')
  expect(environment.AUTH_SECRET).toMatch(/^\$\{AUTH_SECRET:\?/)
})

test('the program waits for a healthy database, whose files are kept', () => {
  expect(file.services.app.depends_on?.postgres.condition).toBe('service_healthy')
  expect(file.services.postgres.healthcheck?.test.join(' ')).toContain('pg_isready')
  const named = Object.values(file.services).flatMap(({ volumes = [] }) => volumes.map((one) => one.split(':')[0]))
  expect(Object.keys(file.volumes).toSorted()).toEqual(named.toSorted())
})

test('the image starts the same program as npm start', () => {
  const steps = readFileSync('Dockerfile', 'utf8')
  expect(steps).toContain('CMD ["node", "server/start.mjs"]')
  expect(steps).toContain('USER node')
  expect(existsSync('.dockerignore')).toBe(true)
})

test('the example of settings names every variable, and no other', () => {
  const named = readFileSync('.env.example', 'utf8').matchAll(/^# ([A-Z][A-Z_]+)=/gm)
  expect([...new Set([...named].map(([, name]) => name))].toSorted()).toEqual(Object.keys(noVariables()).toSorted())
})

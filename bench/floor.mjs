// The floor to measure against, in a process of its own: Node's HTTP server and nothing else. Plain JavaScript, so that
// nothing stands between.
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import pg from 'pg'

const told = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const server = createServer(told.statement ? runStatement(told) : giveBytes(told))
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('disconnect', () => process.exit(0))

/** Answers the same bytes to everybody. */
function giveBytes({ status, headers, body }) {
  const bytes = Buffer.from(body, 'base64')
  return (_, response) => {
    response.writeHead(status, headers)
    response.end(bytes)
  }
}

/** Reads a form in JSON and runs the one statement that takes a seat, on as many connections as the program has. */
function runStatement({ databaseUrl, statement, values, own, connections }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
  return (request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', async () => {
      const { name, email } = JSON.parse(Buffer.concat(chunks).toString())
      const mine = { name, email, id: randomUUID(), manage: hash(randomUUID()), reply: hash(randomUUID()) }
      const { rows } = await pool.query({ text: statement, values: values.map((value, index) => mine[own[index]] ?? value) })
      const said = JSON.stringify(rows[0] ? { status: Object.values(rows[0])[0] } : { reason: 'full' })
      response.writeHead(rows[0] ? 201 : 409, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(said) })
      response.end(said)
    })
  }
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex')
}

/** What Prisma, its adapter, pg and the socket say of a Postgres that does not answer. */
const signs = /^(P1001|P1002|P1003|P1008|P1011|P1017|P2024|P2037|ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE|57P0[123]|08\d{3}|53300)$/
const kinds = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections', 'DatabaseDoesNotExist']

/** Is the database away (so that asking again later helps), rather than the program at fault? */
export function isAway(error: unknown, depth = 0): boolean {
  if (!(error instanceof Object) || depth > 4) return false
  const { name, code, kind, originalCode, message, cause, meta, errors } = error as Record<string, unknown>
  if (name === 'PrismaClientInitializationError' || kinds.includes(String(kind))) return true
  if (signs.test(String(code)) || signs.test(String(originalCode))) return true
  if (/timeout exceeded when trying to connect|Connection terminated/.test(String(message))) return true
  return [cause, meta, (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError, ...(Array.isArray(errors) ? errors : [])].some((one) => isAway(one, depth + 1))
}

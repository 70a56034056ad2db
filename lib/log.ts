type Fields = Record<string, string | number | boolean | null | undefined>

/**
 * The process's diary: one line of JSON for each thing worth knowing, information on stdout, trouble on stderr.
 * No addresses, names or tokens go in: a diary is kept longer than consent lasts.
 */
export const log = {
  info: (what: string, fields?: Fields) => write(process.stdout, 'info', what, fields),
  warn: (what: string, fields?: Fields) => write(process.stderr, 'warn', what, fields),
  error: (what: string, fields?: Fields) => write(process.stderr, 'error', what, fields),
}

function write(stream: NodeJS.WriteStream, level: string, what: string, fields?: Fields) {
  stream.write(`${JSON.stringify({ at: new Date().toISOString(), level, what, ...fields })}\n`)
}

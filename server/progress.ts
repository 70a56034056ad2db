/** One line for each step, with its seconds at the end. An administrator's command says nothing on stdout but its answer. */
export async function step<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const begun = performance.now()
  out.write(`${name} …`)
  try {
    const value = await work()
    out.write(` ${((performance.now() - begun) / 1000).toFixed(1)} s\n`)
    return value
  } catch (error) {
    out.write('\n')
    throw error
  }
}

export function toStderr() {
  out = process.stderr
}

let out: NodeJS.WriteStream = process.stdout

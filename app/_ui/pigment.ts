/** The six pigments, and ink for whatever has no theme or comes after the sixth. The classes stand in base.css. */
export const pigments = ['vermilion', 'blue', 'green', 'violet', 'ochre', 'teal', 'ink'] as const

export type Pigment = (typeof pigments)[number]

/** The class that sets `--c` (text, line, ground) and `--on-c` (text on that ground). Unknown names give ink. */
export function pigmentClass(name: string | null | undefined): string {
  return `pigment-${pigments.some((pigment) => pigment === name) ? name : 'ink'}`
}

/** The name under which what was typed about answers and needs comes back after a refusal. */
export const keptUnder = (token: string) => `said/${token.slice(0, 8)}`

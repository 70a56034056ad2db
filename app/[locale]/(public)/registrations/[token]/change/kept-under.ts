/** The name under which what was typed into one of this page's own forms comes back after a refusal. */
export const keptUnder = (token: string) => `held/${token.slice(0, 8)}`

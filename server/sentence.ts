/** What stops a start and can be said in one sentence: it is shown without a stack. */
export class Sentence extends Error {}

/** What a room's address says was done, `?done=…`, if it is one of the words the room knows. */
export const saidDone = <Word extends string>(asked: string | string[] | undefined, known: readonly Word[]): Word | undefined => known.find((word) => word === asked)

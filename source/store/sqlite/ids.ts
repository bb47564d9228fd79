/** Events a file can hold; a file's events are a range of ids. */
const span = 2 ** 24;

export const eventId = (fileId: number, sequence: number): number => fileId * span + sequence;
export const fileOf = (id: number): number => Math.floor(id / span);
export const sequenceOf = (id: number): number => id % span;
export const firstIdOf = (fileId: number): number => fileId * span;
/** Exclusive. */
export const endIdOf = (fileId: number): number => (fileId + 1) * span;

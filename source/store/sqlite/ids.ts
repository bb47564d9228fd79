/** Events a file can hold; a file's events are a range of ids. */
const span = 2 ** 24;

/**
Above the id of every file. Ids of files go down as time goes on, so that the newest logs, which are read first,
come first in every table: rows are appended, and a table in the order of its ids is the newest first.
*/
export const firstFileId = 2 ** 20;

export const eventId = (fileId: number, sequence: number): number => fileId * span + sequence;
export const fileOf = (id: number): number => Math.floor(id / span);
export const sequenceOf = (id: number): number => id - firstIdOf(fileOf(id));
export const firstIdOf = (fileId: number): number => fileId * span;
/** Exclusive. */
export const endIdOf = (fileId: number): number => (fileId + 1) * span;

import {eventId, fileOf, firstFileId, sequenceOf} from './ids.js';

/*
The tables of words have a row id for each word of each event: the first one whole, each further one as its distance from the one
before. Ids of events leave room for 16 million events in a log, so that a step to the next log takes four bytes. Row ids
leave less, which makes the tables a twentieth smaller; both are in the same order. What does not fit stands behind, with its whole id.
*/

/** The first so many logs that came to be known, and events of each, have small row ids. */
const smallFiles = 2 ** 16;
const smallEvents = 2 ** 12;

/** Above the small row ids; events that have none stand behind it by their ids. */
export const firstWideRow = smallFiles * smallEvents;

const lowestFile = firstFileId - smallFiles;

/** Row of an event. */
export const rowOf = (id: number): number => {
	const file = fileOf(id) - lowestFile;
	const sequence = sequenceOf(id);
	return file >= 0 && file < smallFiles && sequence < smallEvents ? file * smallEvents + sequence : firstWideRow + id;
};

/** Event of a row. */
export const eventOfRow = (row: number): number =>
	row < firstWideRow ? eventId(lowestFile + Math.floor(row / smallEvents), row % smallEvents) : row - firstWideRow;

/** Rows from one on, up to but not including another. */
export type RowRange = {from: number; end: number};

/** Where the rows of a half-open range of events are: with small ids, and behind them. */
export const rowsBetween = (from: number, end: number): {small: RowRange; wide: RowRange} => ({
	small: {from: smallRowFrom(from), end: smallRowFrom(end)},
	wide: {from: firstWideRow + from, end: firstWideRow + end},
});

/** The first small row of an event at or after one. */
const smallRowFrom = (id: number): number => {
	const file = fileOf(id) - lowestFile;
	return file < 0 ? 0 : Math.min(firstWideRow, file * smallEvents + Math.min(smallEvents, sequenceOf(id)));
};

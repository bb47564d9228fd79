import type {SessionSizes} from '../store/stored-sizes.js';
import {addSizes, noSizes, type SizeKind, type Sizes, sizeKinds} from './kinds.js';

/** What rows of a size report stand for. */
export const sizeGroupings = ['kind', 'session'] as const;
export type SizeGrouping = (typeof sizeGroupings)[number];

export type KindRow = {kind: SizeKind; bytes: number};

export type SizeReport = {
	/** Kinds that there are, the largest first. */
	kinds: KindRow[];
	/** The largest first. */
	sessions: SessionSizes[];
	bytes: number;
};

/** Sums up sessions by kind, and puts both in order. */
export const reportSizes = (sessions: readonly SessionSizes[]): SizeReport => ({
	kinds: kindRows(sessions.map(({sizes}) => sizes).reduce(addSizes, noSizes())),
	sessions: sessions.toSorted((a, b) => b.bytes - a.bytes || (a.threadId < b.threadId ? -1 : 1)),
	bytes: sessions.reduce((sum, {bytes}) => sum + bytes, 0),
});

/** Kinds that there are, the largest first. */
export const kindRows = (sizes: Sizes): KindRow[] =>
	sizeKinds
		.map(kind => ({kind, bytes: sizes[kind]}))
		.filter(({bytes}) => bytes > 0)
		.toSorted((a, b) => b.bytes - a.bytes);

import fs from 'node:fs';
import {NotStored} from '../../model/problem.js';
import {type AnnotationQueries, annotationQueries} from './annotation-queries.js';
import {type Connection, openDatabase} from './database.js';
import {explain} from './explain.js';
import {openCopy} from './open-copies.js';
import {type RedactionQueries, redactionQueries} from './redaction-queries.js';

/** Between two looks for changes of other programs. */
const lookMs = 500;

type Queries = AnnotationQueries & {redactions: RedactionQueries};

type Open = {
	db: Connection;
	queries: Queries;
	/** When it was opened. */
	version: number;
	/** A private copy, of what lies where nothing can be written. */
	isCopy: boolean;
	close: () => void;
};

const versionOf = (db: Connection): number => db.pragma('data_version', {simple: true}) as number;

const opened = (db: Connection, isCopy: boolean, close: () => void): Open => ({
	db,
	queries: {...annotationQueries(db), redactions: redactionQueries(db)},
	version: versionOf(db),
	isCopy,
	close,
});

export type AnnotationsConnection = {
	/** Answers `nothing` while there is no database. */
	read: <Answer>(query: (queries: Queries) => Answer, nothing: Answer) => Answer;
	/** One transaction, in a database that is made for it where there is none. */
	write: (change: (queries: Queries) => void) => void;
	watch: (onChange: () => void) => () => void;
	close: () => void;
};

/** The database of annotations, opened when it is first needed, and made when something is first written. */
export const annotationsConnection = (file: string): AnnotationsConnection => {
	let open: Open | undefined;
	const watches = new Set<NodeJS.Timeout>();

	const explained = <Answer>(work: () => Answer): Answer => {
		try {
			return work();
		} catch (error) {
			throw explain(error, file);
		}
	};

	const connect = (): Open => {
		const db = openDatabase('annotations', file);
		db.pragma('cache_size = -2048');
		return opened(db, false, () => db.close());
	};

	const connectToRead = (): Open => {
		try {
			return connect();
		} catch (error) {
			if (!(error instanceof NotStored) || error.reason === 'in use') {
				throw error;
			}

			// Where nothing can be written, even a reader needs a copy.
			const {db, close} = openCopy('annotations', file);
			return opened(db, true, close);
		}
	};

	const opening = (): Open | undefined => {
		if (open === undefined && fs.existsSync(file)) {
			open = connectToRead();
		}

		return open;
	};

	/** What tells one state from another: a number that goes up with each commit of another program, or a word. */
	const present = (): string | number => (open ? versionOf(open.db) : fs.existsSync(file) ? 'unopened' : 'none');

	return {
		read: (query, nothing) =>
			explained(() => {
				const there = opening();
				return there === undefined ? nothing : query(there.queries);
			}),

		write(change) {
			explained(() => {
				if (open === undefined || open.isCopy) {
					// Says why nothing can be written, where that is so.
					const writable = connect();
					open?.close();
					open = writable;
				}

				const {db, queries} = open;
				db.transaction(() => change(queries)).immediate();
			});
		},

		watch(onChange) {
			let seen = present();
			const look = (): void => {
				const found = present();
				// Whoever opened it has read it since.
				const expected = open && typeof seen === 'string' ? open.version : seen;
				seen = found;
				if (found !== expected) {
					onChange();
				}
			};

			const timer = setInterval(() => {
				try {
					look();
				} catch {
					// A database that cannot be looked at says so when it is read.
				}
			}, lookMs);
			timer.unref();
			watches.add(timer);
			return () => {
				clearInterval(timer);
				watches.delete(timer);
			};
		},

		close() {
			for (const timer of watches) {
				clearInterval(timer);
			}

			open?.close();
			open = undefined;
		},
	};
};

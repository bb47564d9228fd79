import fs from 'node:fs';
import {UserError} from '../../model/problem.js';
import {isDamage} from './check-database.js';
import {type Connection, openDatabase, searchPath} from './database.js';

const isBusy = (error: unknown): boolean =>
	/^SQLITE_(?:BUSY|CANTOPEN|READONLY)/.test((error as {code?: string}).code ?? '');

/** What can be asked of the search database beside an index. */
export type SearchBeside<Opened> = {
	/** `otherwise` where it is not there, cannot be opened just now or turns out to be damaged: who writes it says so, and makes it anew. */
	ask: <Answer>(question: (opened: Opened) => Answer, otherwise: Answer) => Answer;
	close: () => void;
};

/**
The search database, once there is one. It is made, and made anew when it is damaged, while others look. `prepare` makes
what questions are asked of; `glance` opens it for
looks that nobody waits for, and may answer that there is none yet.
*/
export const searchBeside = <Opened extends {db: Connection}>(
	file: string,
	prepare: (db: Connection) => Opened,
	glance?: (path: string) => Connection | undefined,
): SearchBeside<Opened> => {
	const path = searchPath(file);
	let opened: {inode: number; what: Opened} | undefined;
	const close = (): void => {
		opened?.what.db.close();
		opened = undefined;
	};

	const open = (): Opened | undefined => {
		const inode = fs.statSync(path, {throwIfNoEntry: false})?.ino;
		if (opened !== undefined && opened.inode !== inode) {
			close();
		}

		if (opened === undefined && inode !== undefined) {
			const db = glance === undefined ? openDatabase('search', path) : glance(path);
			opened = db && {inode, what: prepare(db)};
		}

		return opened?.what;
	};

	return {
		ask(question, otherwise) {
			try {
				const found = open();
				return found === undefined ? otherwise : question(found);
			} catch (error) {
				if (isDamage(error) || (glance !== undefined && isBusy(error)) || error instanceof UserError) {
					close();
					return otherwise;
				}

				throw error;
			}
		},
		close,
	};
};

import type {Redactions} from '../redactions.js';
import {annotationsConnection} from './annotations-connection.js';
import {annotationsPath, keyPath} from './database.js';
import {keyFile} from './key-file.js';
import {personName} from './person-name.js';
import {sqliteRedactions} from './redactions.js';

/** What people decided about single values, without the sessions: which of them are forks is not known. */
export const openRedactions = (indexPath: string): Redactions & {close(): void} => {
	const connection = annotationsConnection(annotationsPath(indexPath));
	const redactions = sqliteRedactions({
		connection,
		key: keyFile(keyPath(indexPath)),
		origins: () => new Map(),
		actor: personName(),
	});
	return {...redactions, close: () => connection.close()};
};

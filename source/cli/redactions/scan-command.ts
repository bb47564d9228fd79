import fs from 'node:fs';
import path from 'node:path';
import {resolveSettings} from '../../config/settings.js';
import {prepareDatabaseFolder} from '../../config/writable-folders.js';
import {followDecisions} from '../../disclose/follow-decisions.js';
import {parseRolloutName} from '../../files/rollout-name.js';
import type {Redactor} from '../../redact/redactor.js';
import type {Store} from '../../store/store.js';
import {plainPath} from '../../text/paths.js';
import {asPath, findSession} from '../find-session.js';
import {refresh} from '../refresh.js';
import {allSessions} from '../sessions-command.js';
import {decidedBook} from './decided-book.js';
import {findInFile} from './find-in-file.js';
import {FoundRows, foundSentence, type Looked} from './found-rows.js';
import {ownRedactor} from './own-redactor.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';
import {scanSessions} from './scan-sessions.js';

/** Exit code of a scan that found something, for hooks and CI. */
const somethingFound = 3;

/** `redactions scan`: where there is something to redact, in sessions and in other files. */
export const scanCommand = async (
	request: RedactionsRequest,
	surroundings: RedactionsSurroundings,
): Promise<number> => {
	const {words, flags} = request;
	const {stdout, stderr} = surroundings;
	const isJson = flags['json'] === true;
	const book = await decidedBook(request, surroundings);
	const redactor = await ownRedactor(request, flags['secretsOnly'] === true, stderr, book);
	const rows = new FoundRows(stdout, isJson);
	const looked: Looked = {sessions: 0, files: 0};
	const files = words.filter(isOtherFile);
	const references = words.filter(word => !isOtherFile(word));
	if (references.length > 0 || words.length === 0) {
		looked.sessions = await withStore(request, surroundings, references, async store => {
			await followDecisions(store.redactions, book);
			return scanSessions(
				store,
				references.length === 0 ? allSessions(store) : sessionsNamed(store, references),
				redactor,
				rows,
				{
					terminal: surroundings.terminal,
					isRemembering: true,
				},
			);
		});
	}

	for (const file of files) {
		looked.files += await scanFile(file, redactor, rows, surroundings);
	}

	await rows.end(looked);
	await stderr.writeLine(foundSentence(rows, looked));
	return rows.total > 0 ? somethingFound : 0;
};

/** Opens the database when what these sessions are in was read. */
export const withStore = async <Answer>(
	{flags}: Pick<RedactionsRequest, 'flags'>,
	{resolve = resolveSettings, services, stderr}: RedactionsSurroundings,
	references: readonly string[],
	work: (store: Store) => Promise<Answer>,
): Promise<Answer> => {
	const settings = resolve(flags);
	prepareDatabaseFolder(settings);
	const paths = references.filter(reference => asPath(reference) !== undefined);
	for (const log of paths.length === references.length && paths.length > 0 ? paths : [undefined, ...paths]) {
		await refresh(settings, log, services.ingest, stderr);
	}

	const store = await services.openStore(settings.databasePath);
	try {
		return await work(store);
	} finally {
		await store.close();
	}
};

/** All of them are looked up before the first is looked through. */
async function* sessionsNamed(store: Store, references: readonly string[]) {
	const sessions = [];
	for (const reference of references) {
		sessions.push(await findSession(store, reference));
	}

	yield* new Map(sessions.map(session => [session.id, session])).values();
}

/** What is there and is not named like a session's log is looked through as the text that it holds. */
const isOtherFile = (word: string): boolean => {
	const name = parseRolloutName(path.basename(word));
	const isLog = name !== undefined && (name.threadId !== null || path.basename(word).startsWith('rollout-'));
	return !isLog && fs.existsSync(word);
};

const scanFile = async (
	file: string,
	redactor: Redactor,
	rows: FoundRows,
	{stderr}: RedactionsSurroundings,
): Promise<number> => {
	for await (const row of findInFile(file, redactor)) {
		if (row === 'binary') {
			await stderr.writeLine(`${plainPath(file)} is no text and was not looked through.`);
			return 0;
		}

		await rows.write(row);
	}

	return 1;
};

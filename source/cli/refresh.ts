import fs from 'node:fs';
import {requireSource, type Settings} from '../config/settings.js';
import type {RolloutSource} from '../files/find-rollouts.js';
import type {IngestOptions, IngestSummary} from '../ingest/ingest.js';
import {NotStored} from '../model/problem.js';
import {plainPath} from '../text/paths.js';
import {plainText} from '../text/sanitize.js';
import {asPath} from './find-session.js';
import type {Output} from './output.js';
import {redactWords} from './redact-words.js';
import type {Services} from './services.js';

/** Said where what is told may not be everything yet. */
export const readByAnother = 'Another program is reading the logs just now: this is what it has read so far.';

/** How long a command that only reads lets another program finish. */
const patienceMs = 1000;

/**
Brings the database up to date before a command reads it: a log that was named by its path alone, else
everything. Unchanged files cost one look each. Without logs, what the database holds is enough.
*/
export const refresh = async (
	settings: Settings,
	reference: string | undefined,
	ingest: Services['ingest'],
	stderr: Output,
	options: Pick<IngestOptions, 'withTexts'> = {},
): Promise<void> => {
	const source = sourceToRead(settings, reference);
	if (source === undefined) {
		return;
	}

	const summary = await ingestOrTell(stderr, settings.databasePath, () =>
		ingest(settings.databasePath, {
			source,
			home: settings.codexHome,
			sqliteHome: settings.codexSqliteHome,
			batchLines: settings.batchSize,
			patienceMs,
			...options,
		}),
	);
	if (summary === undefined) {
		return;
	}

	const {failures, isLeftToAnother} = summary;
	if (isLeftToAnother) {
		await stderr.writeLine(readByAnother);
	}

	for (const {path, reason} of failures) {
		await stderr.writeLine(await redactWords(`${plainPath(path)} could not be read: ${reason}.`));
	}
};

/** Where nothing can be stored, what was stored before is enough for a command that only reads. */
const ingestOrTell = async (
	stderr: Output,
	databasePath: string,
	ingest: () => Promise<IngestSummary>,
): Promise<IngestSummary | undefined> => {
	try {
		return await ingest();
	} catch (error) {
		if (!(error instanceof NotStored && fs.existsSync(databasePath))) {
			throw error;
		}

		await stderr.writeLine(`${plainText(await redactWords(error.message))} This is what it held before.`);
		return undefined;
	}
};

const sourceToRead = (settings: Settings, reference: string | undefined): RolloutSource | undefined => {
	const path = reference === undefined ? undefined : asPath(reference);
	if (path !== undefined) {
		return fs.existsSync(path) ? {path} : undefined;
	}

	const {source, sourceFrom, databasePath} = settings;
	const place = 'home' in source ? source.home : source.path;
	if (sourceFrom === null && !fs.existsSync(place) && fs.existsSync(databasePath)) {
		return undefined;
	}

	requireSource(settings);
	return source;
};

import path from 'node:path';
import type {Settings} from '../config/settings.js';
import {UserError} from '../model/problem.js';
import {bytesLabel, exactCountLabel} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import {plainText} from '../text/sanitize.js';
import type {Output} from './output.js';
import {ProgressLine, type Terminal} from './progress-line.js';
import {redactWords} from './redact-words.js';
import {refuseCodexHome} from './refuse-codex-home.js';
import type {Services} from './services.js';
import {whileStoppable} from './stop-signal.js';

type Surroundings = {
	settings: Pick<Settings, 'databasePath' | 'source'>;
	services: Services;
	stderr: Output;
	terminal: Terminal;
	/** Brings the archive up to date. */
	refresh(): Promise<void>;
};

/** `backup`: copies of the archive and of what people added, made while others may use them. */
export const backupCommand = async (
	{settings, services, stderr, terminal, refresh}: Surroundings,
	name: string,
	flags: {force: boolean},
): Promise<void> => {
	const file = path.resolve(name);
	refuseCodexHome(file, settings.source);
	try {
		await refresh();
	} catch (error) {
		// A copy of what is archived is worth more than none.
		if (!(error instanceof UserError) || error.exitCode !== 1) {
			throw error;
		}

		await stderr.writeLine(`New logs were not read: ${plainText(await redactWords(error.message))}`);
	}

	const progress = new ProgressLine(terminal);
	try {
		const {bytes, logs, logBytes, annotations, key} = await whileStoppable(signal =>
			services.backUp(settings.databasePath, file, {
				replaces: flags.force,
				onProgress: share => progress.show(`Copying the archive: ${Math.round(share * 100)}%`),
				signal,
			}),
		);
		progress.clear();
		await stderr.writeLine(
			`Wrote ${plainPath(file)}: ${exactCountLabel(logs)} ${logs === 1 ? 'log' : 'logs'} of ${bytesLabel(logBytes)} in ${bytesLabel(bytes)}.`,
		);
		if (annotations !== null) {
			await stderr.writeLine(
				`Wrote ${plainPath(annotations.path)}: your tags, notes and bookmarks in ${bytesLabel(annotations.bytes)}.`,
			);
		}

		if (key !== null) {
			await stderr.writeLine(`Wrote ${plainPath(key)}: the key to your decisions about secrets. Keep it private.`);
		}
	} finally {
		progress.clear();
	}
};

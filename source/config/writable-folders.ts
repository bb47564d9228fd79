import fs from 'node:fs';
import path from 'node:path';
import type {RolloutSource} from '../files/find-rollouts.js';
import {makeFolder} from '../files/make-folder.js';
import {UserError} from '../model/problem.js';
import {statOf} from './folders.js';
import type {Settings} from './settings.js';

type Places = Pick<Settings, 'databasePath' | 'isDefaultDatabase' | 'reportsDir' | 'source'>;

/** Makes the database's folder, private to its owner, or says why it cannot be used. */
export const prepareDatabaseFolder = (places: Omit<Places, 'reportsDir'>): void => {
	const {databasePath, isDefaultDatabase} = places;
	const instead = 'Choose another place with --database FILE or db_path in section [ingest].';
	if (statOf(databasePath)?.isDirectory()) {
		throw new UserError(`The database ${databasePath} is a folder. Name a file with --database FILE.`);
	}

	const folder = path.dirname(databasePath);
	requireOutsideHome(databasePath, 'The database', places.source, instead);
	// What is there can be read, whoever may write it.
	if (statOf(databasePath) === undefined) {
		requireWritable(folder, 'database', instead);
	}

	try {
		makeFolder(folder);
	} catch (error) {
		throw new UserError(`The database folder ${folder} cannot be made (${(error as Error).message}). ${instead}`);
	}

	if (isDefaultDatabase) {
		makePrivate(folder);
	}
};

const makePrivate = (folder: string): void => {
	try {
		fs.chmodSync(folder, 0o700);
	} catch {
		// On a drive that cannot be written, or in a folder of somebody else, it stays as it is.
	}
};

/** Says why reports cannot go where they should; makes nothing yet. */
export const requireReportsFolder = ({reportsDir, source}: Pick<Places, 'reportsDir' | 'source'>): void => {
	const instead = 'Choose another with reports_dir in section [outputs].';
	requireOutsideHome(reportsDir, 'The reports folder', source, instead);
	requireWritable(reportsDir, 'reports', instead);
};

/** The folder, or the nearest one above it that exists, must take files. */
const requireWritable = (folder: string, purpose: string, instead: string): void => {
	try {
		const existing = nearestExisting(folder);
		if (!statOf(existing)?.isDirectory()) {
			throw new UserError(`The ${purpose} folder ${folder} cannot be made, as ${existing} is a file. ${instead}`);
		}

		fs.accessSync(existing, fs.constants.W_OK | fs.constants.X_OK);
	} catch (error) {
		if (error instanceof UserError) {
			throw error;
		}

		throw new UserError(`The ${purpose} folder ${folder} cannot be written. ${instead}`);
	}
};

const nearestExisting = (folder: string): string =>
	statOf(folder) !== undefined || path.dirname(folder) === folder ? folder : nearestExisting(path.dirname(folder));

/** Codex owns its home; codex-tui only reads there. */
const requireOutsideHome = (place: string, what: string, source: RolloutSource, instead: string): void => {
	if ('home' in source && (place === source.home || place.startsWith(source.home + path.sep))) {
		throw new UserError(`${what} ${place} would lie in the Codex home, where codex-tui never writes. ${instead}`);
	}
};

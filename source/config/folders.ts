import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import envPaths from 'env-paths';
import {packageRoot} from '../files/package-root.js';

/** Folders that settings start from; tests pass their own. */
export type Folders = {
	/** The person's home folder. */
	home: string;
	/** Where `config.toml` is looked for. */
	config: string;
	/** Where the database goes unless a setting says otherwise. */
	data: string;
	/** `user/` of a checkout; null when the program is installed. */
	checkoutUser: string | null;
	/** What relative paths on the command line start from. */
	current: string;
};

export const platformFolders = (): Folders => {
	const {config, data} = envPaths('codex-tui', {suffix: ''});
	const root = packageRoot();
	// An installed package comes without its source.
	const isCheckout = fs.existsSync(new URL('source/launch.ts', root));
	return {
		home: os.homedir(),
		config,
		data,
		checkoutUser: isCheckout ? fileURLToPath(new URL('user', root)) : null,
		current: process.cwd(),
	};
};

/** `~` and `~/…` start from the home folder, other relative paths from the current one. */
export const absolutePath = (value: string, folders: Pick<Folders, 'home' | 'current'>): string => {
	if (value === '~') {
		return folders.home;
	}

	return /^~[/\\]/.test(value) ? path.join(folders.home, value.slice(2)) : path.resolve(folders.current, value);
};

/** `~` for the home folder, for messages. */
export const shortPath = (value: string, home: string = os.homedir()): string =>
	value === home || value.startsWith(home + path.sep) ? `~${value.slice(home.length)}` : value;

/** Undefined when nothing is there. */
export const statOf = (file: string): fs.Stats | undefined => {
	try {
		return fs.statSync(file, {throwIfNoEntry: false});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') {
			return undefined;
		}

		throw error;
	}
};

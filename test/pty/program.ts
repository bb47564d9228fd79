import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {type LaunchOptions, launch, type Owner, type Terminal} from '../helpers/terminal.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the package holds that the program reads when it runs. */
const parts = ['dist', 'package.json', 'source/store/sqlite/migrations', 'source/usage/prices.toml'];

const buildPatienceMs = 20_000;

/** Whether every chunk that a built file names is there: a build may be under way. */
const isWhole = (dist: string): boolean => {
	const names = fs.existsSync(path.join(dist, 'launch.js')) ? fs.readdirSync(dist) : [];
	const named = names.flatMap(name => {
		const text = fs.readFileSync(path.join(dist, name), 'utf8');
		return Array.from(text.matchAll(/["']\.\/([\w-]+\.js)["']/g), match => match[1] ?? '');
	});
	return named.length > 0 && [...named, 'ingest-worker.js'].every(name => names.includes(name));
};

const copyTo = (folder: string): void => {
	for (const part of parts) {
		fs.rmSync(path.join(folder, part), {recursive: true, force: true});
		fs.cpSync(path.join(root, part), path.join(folder, part), {recursive: true});
	}
};

const copyProgram = async (): Promise<string> => {
	const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-program-')));
	process.once('exit', () => fs.rmSync(folder, {recursive: true, force: true}));
	fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
	for (const deadline = performance.now() + buildPatienceMs; ; await sleep(100)) {
		try {
			copyTo(folder);
			if (isWhole(path.join(folder, 'dist'))) {
				return path.join(folder, 'dist', 'launch.js');
			}
		} catch {
			// Files come and go while somebody builds.
		}

		assert.ok(performance.now() < deadline, 'build first: npm run build');
	}
};

let copy: Promise<string> | undefined;

/** The built program, copied once per process to where no later build can disturb it. */
export const builtProgram = async (): Promise<string> => {
	copy ??= copyProgram();
	return copy;
};

/** A folder with a Codex home in it, where the program keeps its own files too. */
export class Place {
	readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-pty-')));
	readonly home: string;

	constructor(
		readonly owner: Owner,
		home?: string,
	) {
		owner.after(() => fs.rmSync(this.folder, {recursive: true, force: true, maxRetries: 5}));
		this.home = home ?? path.join(this.folder, '.codex');
	}

	/** Nothing here leads to files of the person who runs the tests. */
	env(): Record<string, string | undefined> {
		return {
			HOME: this.folder,
			CODEX_HOME: this.home,
			CODEX_TUI_DATABASE: undefined,
			XDG_DATA_HOME: path.join(this.folder, 'data'),
			XDG_CONFIG_HOME: path.join(this.folder, 'config'),
			COLORFGBG: undefined,
		};
	}

	async command(...args: string[]): Promise<string[]> {
		return [process.execPath, await builtProgram(), ...args];
	}

	/** Starts the explorer on this home. */
	async open({args = [], env = {}, ...options}: LaunchOptions & {args?: string[]} = {}): Promise<Terminal> {
		return launch(this.owner, await this.command(...args), {
			cwd: this.folder,
			background: 'dark',
			...options,
			env: {...this.env(), ...env},
		});
	}

	write(name: string, bytes: Buffer | string): string {
		const file = path.join(this.home, name);
		fs.mkdirSync(path.dirname(file), {recursive: true});
		fs.writeFileSync(file, bytes);
		return file;
	}
}

/** Waits until every log is read and the selected session is opened beside the list. */
export const allRead = async (terminal: Terminal): Promise<void> => {
	const isUnderWay = /Reading|Archiving|Indexing|Looking for logs|reading…|being read|Loading…/;
	await terminal.until(() => {
		const screen = terminal.screen();
		return /Prompts \d+\/\d+|holds no prompts|rolled back or inherited/.test(screen) && !isUnderWay.test(screen);
	}, 'has not read everything');
};

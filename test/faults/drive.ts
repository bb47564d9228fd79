import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';

/** Why small drives cannot be made here; false where they can. */
export const cannotMount: string | false =
	process.platform === 'linux' && process.getuid?.() === 0 ? false : 'mounting a small drive takes root on Linux';

const run = (...command: string[]): void => {
	const [name = '', ...args] = command;
	const {status, stderr} = spawnSync(name, args, {encoding: 'utf8'});
	if (status !== 0) {
		throw new Error(`${command.join(' ')}: ${stderr}`);
	}
};

/** A small drive in memory, gone after the test. */
export class Drive {
	readonly folder: string;

	constructor(t: TestContext, size: string) {
		this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
		run('mount', '-t', 'tmpfs', '-o', `size=${size},mode=777`, 'tmpfs', this.folder);
		t.after(() => {
			run('umount', '--lazy', this.folder);
			fs.rmdirSync(this.folder);
		});
	}

	/** Size, or `ro` and `rw`. */
	remount(option: string): void {
		run('mount', '-o', `remount,${option}`, this.folder);
	}

	/** Takes all room that is left. */
	fill(): void {
		const file = fs.openSync(`${this.folder}/ballast`, 'a');
		const piece = Buffer.alloc(4096);
		try {
			for (;;) {
				fs.writeSync(file, piece);
			}
		} catch {
			// Full.
		} finally {
			fs.closeSync(file);
		}
	}

	empty(): void {
		fs.rmSync(`${this.folder}/ballast`);
	}
}

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {makeFolder} from '../../files/make-folder.js';

const keyLength = 32;

/** The key of an installation: 32 random bytes that only their owner may read. */
export type KeyFile = {path: string; read(): Buffer | undefined; create(): Buffer};

export const keyFile = (file: string): KeyFile => {
	let inMemory: Buffer | undefined;
	return {
		path: file,
		/** Undefined where there is none, or something else. */
		read() {
			if (file === ':memory:') {
				return inMemory;
			}

			try {
				const key = fs.readFileSync(file);
				return key.length === keyLength ? key : undefined;
			} catch {
				return undefined;
			}
		},
		/** To be called by whoever may write to the database, so that no two programs do. */
		create() {
			const key = crypto.randomBytes(keyLength);
			if (file === ':memory:') {
				inMemory = key;
			} else {
				makeFolder(path.dirname(file));
				fs.rmSync(file, {force: true});
				fs.writeFileSync(file, key, {mode: 0o600, flag: 'wx', flush: true});
			}

			return key;
		},
	};
};

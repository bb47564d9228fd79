import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** Writes one file of a temporary folder, piece by piece. */
export type WriteFile = (name: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) => Promise<string>;

/**
A folder for its owner alone, with files for its owner alone, that is there while `work` runs. It goes with the program, should that
end meanwhile.
*/
export const withTemporaryFiles = async <T>(work: (write: WriteFile) => Promise<T>): Promise<T> => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-'));
	const remove = (): void => fs.rmSync(folder, {recursive: true, force: true, maxRetries: 3});
	process.on('exit', remove);
	try {
		fs.chmodSync(folder, 0o700);
		return await work(async (name, pieces) => {
			const file = path.join(folder, name);
			const handle = await fs.promises.open(file, 'wx', 0o600);
			try {
				for await (const piece of pieces) {
					await handle.write(piece);
				}
			} finally {
				await handle.close();
			}

			return file;
		});
	} finally {
		process.off('exit', remove);
		remove();
	}
};

import {createHash, type Hash} from 'node:crypto';
import type {SessionId} from '../model/session.js';
import type {Store} from '../store/store.js';

/** The bytes of a log, decompressed, as they are kept. */
export type LogDigest = {
	path: string;
	/** In hexadecimal digits. */
	sha256: string;
	bytes: number;
};

/** Hashes of what a session's logs hold: from the logs while they are there, else from the archive. */
export const logDigests = async (store: Pick<Store, 'rawLines'>, id: SessionId): Promise<LogDigest[]> => {
	const digests: LogDigest[] = [];
	let open: {path: string; line: number; hash: Hash; bytes: number} | undefined;
	const close = (): void => {
		if (open !== undefined) {
			digests.push({path: open.path, sha256: open.hash.digest('hex'), bytes: open.bytes});
		}
	};

	for await (const {path, line, bytes} of store.rawLines(id)) {
		if (open === undefined || open.path !== path || line < open.line) {
			close();
			open = {path, line, hash: createHash('sha256'), bytes: 0};
		}

		open.line = line;
		open.bytes += bytes.length;
		open.hash.update(bytes);
	}

	close();
	return digests;
};

import {UserError} from '../model/problem.js';
import type {Store} from '../store/store.js';
import {findSession} from './find-session.js';
import type {Output} from './output.js';

/** `raw`: the log's own bytes, nothing added and nothing cleaned. */
export const rawCommand = async (
	{store, stdout}: {store: Pick<Store, 'findSessions' | 'rawLines' | 'sourceFiles'>; stdout: Output},
	reference: string,
	flags: {line?: number | undefined},
): Promise<void> => {
	const session = await findSession(store, reference);
	let count = 0;
	for await (const {bytes} of store.rawLines(session.id, flags.line)) {
		await stdout.writeBytes(bytes);
		count++;
	}

	if (flags.line !== undefined && count === 0) {
		const files = await store.sourceFiles(session.id);
		const lines = Math.max(0, ...files.map(file => file.lines));
		throw new UserError(`Session ${session.threadId} has no line ${flags.line}. Choose one from 1 to ${lines}.`, 1);
	}
};

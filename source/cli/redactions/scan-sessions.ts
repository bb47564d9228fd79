import type {SessionSummary} from '../../model/session.js';
import type {Redactor} from '../../redact/redactor.js';
import {SecretMemory} from '../../redact/secret-memory.js';
import type {Store} from '../../store/store.js';
import {exactCountLabel} from '../../text/labels.js';
import {ProgressLine, type Terminal} from '../progress-line.js';
import {findInSession} from './find-in-session.js';
import type {FoundRows} from './found-rows.js';

/** Looks through sessions one after the other; answers how many there were. */
export const scanSessions = async (
	store: Store,
	sessions: AsyncIterable<SessionSummary> | Iterable<SessionSummary>,
	redactor: Redactor,
	rows: FoundRows,
	{terminal, isRemembering}: {terminal: Terminal; isRemembering: boolean},
): Promise<number> => {
	const progress = new ProgressLine(terminal);
	let count = 0;
	try {
		for await (const session of sessions) {
			count++;
			progress.show(`Looking through session ${exactCountLabel(count)}`);
			for await (const row of findInSession(store, session, redactor, isRemembering ? new SecretMemory() : undefined)) {
				progress.clear();
				await rows.write(row);
			}
		}
	} finally {
		progress.clear();
	}

	return count;
};

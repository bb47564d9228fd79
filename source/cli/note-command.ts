import {noteText} from '../model/annotation.js';
import {plainText} from '../text/sanitize.js';
import type {CommandContext} from './context.js';
import {findSession} from './find-session.js';
import {oneLine} from './write-events.js';

/** Checks the note, before logs are read; what comes back writes it to a session, and tells it. */
export const prepareNote = (words: readonly string[]) => {
	const note = noteText(plainText(words.join(' ')));
	return async ({store, stdout}: CommandContext, reference: string): Promise<void> => {
		const {threadId} = await findSession(store, reference);
		if (words.length > 0) {
			await store.annotations.noteSession(threadId, note);
		}

		const written = (await store.annotations.sessions()).get(threadId)?.note ?? null;
		if (written !== null) {
			await stdout.writeLine(oneLine(written));
		}
	};
};

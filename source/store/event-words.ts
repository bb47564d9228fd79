import type {FileChange, LogEvent} from '../model/log-event.js';

/** What of an event is searched as a message, and what as the output of a tool. */
export type EventWords = {message: string | null; output: string | null};

const joined = (texts: readonly (string | null | undefined)[]): string | null => {
	const found = texts.filter(text => text !== null && text !== undefined && text !== '');
	return found.length === 0 ? null : found.join('\n');
};

const changed = (changes: readonly FileChange[] | undefined): (string | null)[] =>
	(changes ?? []).flatMap(({path, movedTo, diff}) => [path, movedTo, diff]);

/** The words of an event as it is shown, pictures and encrypted content left out. */
export const wordsOf = (event: LogEvent): EventWords => {
	switch (event.kind) {
		case 'tool-call': {
			const operations = event.operations ?? [];
			return {
				message: joined([event.command, event.arguments, ...changed(event.changes)]),
				output: joined([
					event.output,
					...operations.flatMap(({command, output, changes}) => [command, output, ...changed(changes)]),
				]),
			};
		}

		case 'user-command': {
			return {message: event.command, output: event.output};
		}

		case 'compaction': {
			return {message: joined([event.text]), output: null};
		}

		default: {
			return {message: null, output: null};
		}
	}
};

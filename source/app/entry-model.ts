import type {TypedEntry} from '../view/status-row.js';
import {type Entry, type EntryTarget, tagCompletions} from './entry.js';

const labelOf = (target: EntryTarget): string => {
	switch (target.what) {
		case 'tags': {
			const {length} = target.threadIds;
			return length === 1 ? 'Tags:' : `Tags of ${length} sessions:`;
		}

		case 'session-note':
			return 'Note of the session:';
		case 'prompt-note':
			return 'Note of the prompt:';
		case 'event-note':
			return 'Note of the event:';
		case 'reason':
			return 'Reason:';
		case 'replacement':
			return 'Shown instead:';
		case 'view':
			return 'Name of the view:';
		case 'report-cap':
			return 'Characters of each output:';
		case 'report-file':
			return 'Write to:';
	}
};

/** A line being typed, as the status row draws it. */
export const entryModel = (entry: Entry, knownTags: readonly string[], completeKey: string): TypedEntry => ({
	label: labelOf(entry.target),
	...entry.line,
	complaint: entry.complaint,
	completions: tagCompletions(entry, knownTags),
	completeKey,
});

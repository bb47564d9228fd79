import {longestText} from '../../query/search-words.js';
import type {Connection} from './database.js';

type Row = {id: number; text: string | null; input: string | null};

/** The words of one event. */
export type MessageText = {id: number; text: string};

const first = (column: string): string => `substr(${column}, 1, ${longestText})`;

/** Injected blocks whose words somebody said; of others the name is enough. */
const spokenContexts = "('voice transcript', 'review request')";

/** Kinds of notes that tell more than an id. */
const toldKinds = "('plan', 'compaction', 'review', 'notice', 'user-command', 'name', 'turn-end')";

const arm = (table: string, text: string, input: string, condition = ''): string => `
	select events.id, ${text} as text, ${input} as input
	from ${table} cross join events using (id)
	where ${table}.id >= @from and ${table}.id < @to and events.completes is null ${condition}
`;

/** What the index has in full: what was said, thought and called. */
export const messageTexts = (db: Connection) => {
	const texts = db.prepare(`
		${arm('prompts', first('prompts.text'), 'null')}
		union all
		${arm('messages', first(`iif(context is null or context in ${spokenContexts}, messages.text, context)`), 'null')}
		union all
		${arm('agent_reasoning_messages', first('agent_reasoning_messages.text'), 'null', "and agent_reasoning_messages.text <> ''")}
		union all
		${arm('function_calls', first('command'), first('arguments'))}
		union all
		${arm('notes', first('notes.text'), 'null', `and notes.text <> '' and events.kind in ${toldKinds}`)}
		order by 1
	`);

	return {
		/** The words of events in a range of ids, in order; events without words are left out. */
		*between(from: number, to: number): Generator<MessageText> {
			for (const {id, text, input} of texts.iterate({from, to}) as IterableIterator<Row>) {
				const words = input === null ? (text ?? '') : callWords(text, input);
				if (words !== '') {
					yield {id, text: words};
				}
			}
		},
	};
};

/** What a call was given, without the punctuation of JSON; the command, where the input does not hold it. */
const callWords = (command: string | null, input: string): string => {
	const words = inputWords(input);
	return command === null || words.includes(command) ? words : `${command}\n${words}`;
};

const inputWords = (input: string): string => {
	if (!input.startsWith('{') && !input.startsWith('[')) {
		return input;
	}

	try {
		const found: string[] = [];
		collect(JSON.parse(input), found);
		return found.join('\n');
	} catch {
		// Cut short, or no JSON after all: line ends that are spelt out would become letters of words.
		return input.replaceAll(/\\[bfnrt]/g, ' ');
	}
};

const collect = (value: unknown, found: string[]): void => {
	if (typeof value === 'string') {
		found.push(value);
	} else if (typeof value === 'object' && value !== null) {
		for (const inner of Object.values(value)) {
			collect(inner, found);
		}
	} else if (typeof value === 'number') {
		found.push(String(value));
	}
};

import type {ExcerptKind, ExcerptPlace, ExcerptStore} from '../report/excerpt.js';
import {rowText} from '../text/cells.js';
import {exactCountLabel} from '../text/labels.js';
import {type Command, type CommandContext, say, warn} from './command.js';
import {type CopyChoice, copyWords} from './copying.js';
import {notHere} from './filing.js';
import {copyResume} from './go-on-commands.js';
import {selectedId} from './list-state.js';
import type {Trouble} from './outside.js';
import {preludeId} from './prompt-feed.js';

/** What is copied before this long needs no word. */
const quietMs = 300;

/** Lists may still hold rows of what was selected before, while nobody looks at them. */
const placeOf = ({state, data}: CommandContext): ExcerptPlace | undefined => {
	const {sessions, prompts, events} = state().lists;
	const item = data.sessions.item(selectedId(sessions));
	if (item === undefined || item.isReading) {
		return undefined;
	}

	const session = item.session.id;
	const promptRow = prompts.owner === String(session) ? selectedId(prompts) : undefined;
	const eventRow = events.owner === `${session}/${promptRow}` ? selectedId(events) : undefined;
	return {
		session,
		prompt: promptRow === preludeId ? 'prelude' : typeof promptRow === 'number' ? promptRow : undefined,
		event: typeof eventRow === 'number' ? eventRow : undefined,
	};
};

/** Explorers with a copy under way: a key that is held makes one, not thirty a second. */
const copying = new WeakSet<CommandContext['data']>();

type Making = (store: ExcerptStore, place: ExcerptPlace) => Promise<string | undefined>;

/** Makes a text of what is selected and lets it leave, once it was looked through again and noted. */
const copy = (context: CommandContext, what: Exclude<CopyChoice, 'resume'>, make: Making): void => {
	const place = placeOf(context);
	if (copying.has(context.data)) {
		return;
	}

	if (place === undefined) {
		warn(context, 'No session is selected that was read already.');
		return;
	}

	context.attempt(async () => {
		copying.add(context.data);
		const timer = setTimeout(() => say(context, 'Looking through what is to be copied …'), quietMs);
		try {
			return await leave(context, what, place, make);
		} finally {
			clearTimeout(timer);
			copying.delete(context.data);
		}
	});
};

const leave = async (
	context: CommandContext,
	what: Exclude<CopyChoice, 'resume'>,
	place: ExcerptPlace,
	make: Making,
): Promise<Trouble> => {
	const {covering} = context;
	if (covering === undefined) {
		return notHere;
	}

	const {outgoing} = covering;
	const [orphan] = await outgoing.redactions.orphans(place.session);
	if (orphan !== undefined) {
		return `Nothing was copied: the text of decision ${orphan} is gone; see codex-tui redactions list.`;
	}

	const {name, missing} = copyWords[what];
	const text = await make(outgoing, place);
	if (text === undefined) {
		return missing;
	}

	const found = await covering.check(text, place.session);
	const [first] = found;
	if (first !== undefined) {
		const more = found.length > 1 ? ` and ${exactCountLabel(found.length - 1)} more` : '';
		return `Nothing was copied: ${first.rule} in line ${first.line}${more}. A rule must hide or allow it.`;
	}

	const {redactedValues} = await import('../report/excerpt.js');
	const redactions = redactedValues(text);
	const threadId = context.data.sessions.item(place.session)?.session.threadId;
	await outgoing.redactions.record('export', {what: `copy ${what}`, characters: text.length, redactions}, threadId);
	const takenBy = await context.copy(text);
	const kept = takenBy === undefined ? await context.keep?.(text) : undefined;
	if (takenBy === undefined && kept === undefined) {
		return `No clipboard took ${name}.`;
	}

	const where =
		kept === undefined
			? `Copied ${name}${takenBy === 'terminal' ? ' by the terminal' : ''}`
			: `No clipboard, so ${kept} holds ${name}`;
	say(context, `${where}: ${sizesOf(text.length, redactions)}`);
	return undefined;
};

const sizesOf = (characters: number, redactions: number): string => {
	const values = redactions === 0 ? 'nothing' : redactions === 1 ? '1 value' : `${exactCountLabel(redactions)} values`;
	return `${exactCountLabel(characters)} characters, ${values} redacted.`;
};

const copyExcerpt = (context: CommandContext, kind: ExcerptKind): void =>
	copy(context, kind, async (store, place) => {
		const {excerpt} = await import('../report/excerpt.js');
		return excerpt(store, kind, place);
	});

/** Copies the selected prompt with what followed, at the level that was chosen last. */
export const copyExchange: Command = context => copyExcerpt(context, context.state().copyLevel);

/** Where the menu of copies begins: with what the pane in focus is about. */
export const firstCopyChoice = ({state}: CommandContext): CopyChoice => {
	switch (state().focus) {
		case 'sessions':
			return 'session-id';
		case 'prompts':
			return 'prompt';
		default:
			return 'event';
	}
};

export const chooseCopy = (context: CommandContext, value: string): void => {
	const choice = value as CopyChoice;
	switch (choice) {
		case 'resume':
			copyResume(context);
			break;
		case 'code':
			copyCode(context);
			break;
		case 'answers':
		case 'actions':
		case 'full':
			context.dispatch({type: 'copy-level', level: choice});
			copyExcerpt(context, choice);
			break;
		default:
			copyExcerpt(context, choice);
	}
};

/** Copies the code of the selected event; of several pieces a menu offers the one at the top of the detail first. */
const copyCode = (context: CommandContext): void => {
	const event = placeOf(context)?.event;
	context.attempt(async () => {
		const {covering} = context;
		const {codeBlocks} = await import('../report/excerpt.js');
		const blocks = covering === undefined || event === undefined ? [] : await codeBlocks(covering.outgoing, event);
		const [only] = blocks;
		if (only === undefined) {
			return copyWords.code.missing;
		}

		if (blocks.length === 1) {
			copy(context, 'code', async () => only);
		} else {
			context.dispatch({type: 'ask-code', codeBlocks: blocks, index: nearestToTop(context, blocks)});
		}

		return undefined;
	});
};

export const chooseCode = (context: CommandContext, value: string): void => {
	const code = context.state().codeBlocks[Number(value)];
	copy(context, 'code', async () => code);
};

/** The first piece of code that begins where the detail is scrolled to, or below; else the last one. */
const nearestToTop = ({state, data}: CommandContext, blocks: readonly string[]): number => {
	const {top} = state().detail;
	const rows = top === 0 ? [] : data.detail.rows().map(row => rowText(row));
	let from = 0;
	for (const [index, block] of blocks.entries()) {
		const [line = ''] = block.trim().split('\n');
		const at = rows.findIndex((row, place) => place >= from && row.includes(line.slice(0, 15).trim()));
		from = at < 0 ? from : at + 1;
		if (top === 0 || at >= top) {
			return index;
		}
	}

	return blocks.length - 1;
};

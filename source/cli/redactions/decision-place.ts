import {type PlacedText, textsOf} from '../../disclose/look-through.js';
import {UserError} from '../../model/problem.js';
import type {SessionSummary} from '../../model/session.js';
import {DecisionBook} from '../../redact/decisions.js';
import {createRedactor} from '../../redact/redactor.js';
import type {Store} from '../../store/store.js';

/** Which texts of a session a person means; all when nothing is said. */
export type Meant = {line: number | undefined; field: string | undefined};

/** A value in a text. */
export type ValuePlace = PlacedText & {start: number};

/** The texts that are meant. A prompt is on the line that asks it. */
async function* meantTexts(store: Store, session: SessionSummary, {line, field}: Meant): AsyncGenerator<PlacedText> {
	const prompt = line === undefined ? undefined : await promptOnLine(store, session, line);
	for await (const placed of textsOf(store, session)) {
		const isOnLine =
			line === undefined || placed.line === line || (placed.kind === 'prompt' && placed.prompt === prompt);
		const names = [placed.field, ...(placed.kind === 'prompt' ? [placed.field.replace(/^prompt\./, '')] : [])];
		if (isOnLine && (field === undefined || names.includes(field))) {
			yield placed.line === null && line !== undefined ? {...placed, line} : placed;
		}
	}
}

const promptOnLine = async (store: Store, session: SessionSummary, line: number): Promise<number | undefined> => {
	const prompts = (await store.listPrompts(session.id)).filter(({asker}) => asker === 'person');
	for (const [index, {id}] of prompts.entries()) {
		if ((await store.event(id))?.lines.includes(line)) {
			return index + 1;
		}
	}

	return undefined;
};

/** The one text that is meant, all of it. */
export const wholeText = async (store: Store, session: SessionSummary, meant: Meant): Promise<ValuePlace> => {
	const found: PlacedText[] = [];
	for await (const placed of meantTexts(store, session, meant)) {
		found.push(placed);
	}

	const [only, ...others] = found;
	if (only === undefined) {
		throw new UserError(
			`There is no such text: ${said(meant)}. See codex-tui redactions scan for lines and fields.`,
			1,
		);
	}

	if (others.length > 0) {
		throw new UserError(`There are ${found.length} texts: ${said(meant)}. Name one: ${listed(found)}.`);
	}

	return {...only, start: 0};
};

/** Where a value stands in the texts that are meant, as it is or escaped: how often, and the places where it stands as it is. */
export const placesOf = async (
	store: Store,
	session: SessionSummary,
	meant: Meant,
	value: string,
): Promise<{count: number; places: ValuePlace[]}> => {
	const book = new DecisionBook();
	book.use([valueAnywhere(value)]);
	const redactor = createRedactor([book.detector]);
	const places: ValuePlace[] = [];
	let count = 0;
	for await (const placed of meantTexts(store, session, meant)) {
		for (const {start} of redactor.scan(placed.text)) {
			count++;
			if (placed.text.startsWith(value, start)) {
				places.push({...placed, start});
			}
		}
	}

	return {count, places};
};

const valueAnywhere = (value: string) => ({
	id: 0,
	action: 'redact' as const,
	scope: 'everywhere' as const,
	value,
	threadId: null,
	field: null,
	place: null,
	replacement: null,
	reason: '',
	actor: '',
	ruleId: null,
	ruleVersion: null,
	createdAt: 0,
	updatedAt: 0,
});

/** Lines and fields, without what stands there. */
export const listed = (places: readonly PlacedText[]): string => {
	const names = places.map(({line, field, prompt, kind}) =>
		line === null
			? `${kind === 'prompt' ? `prompt ${prompt}, ` : ''}--field ${field}`
			: `--line ${line} --field ${field}`,
	);
	const different = [...new Set(names)];
	return different.length > mostListed
		? `${different.slice(0, mostListed).join('; ')}; and ${different.length - mostListed} more`
		: different.join('; ');
};

const mostListed = 8;

const said = ({line, field}: Meant): string =>
	[...(line === undefined ? [] : [`line ${line}`]), ...(field === undefined ? [] : [`field ${field}`])].join(', ');

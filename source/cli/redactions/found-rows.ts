import {padToWidth} from '../../text/cells.js';
import {exactCountLabel} from '../../text/labels.js';
import {plainPath} from '../../text/paths.js';
import {plainText} from '../../text/sanitize.js';
import {jsonSchemaVersion} from '../json-output.js';
import type {Output} from '../output.js';
import type {FoundRow} from './find-in-session.js';

/** What was looked through. */
export type Looked = {sessions: number; files: number};

const columns = [
	{heading: 'Session or file', width: 36},
	{heading: 'Prompt', width: 6},
	{heading: 'Line', width: 7},
	{heading: 'Kind', width: 14},
	{heading: 'Field', width: 20},
	{heading: 'Rule', width: 28},
	{heading: 'Confidence', width: 10},
	{heading: 'Times', width: 5},
];

/** Writes rows as they are found, as a table or as JSON, and counts them. */
export class FoundRows {
	readonly #output: Output;
	readonly #isJson: boolean;
	#isFirst = true;
	/** How often each rule found something, and where. */
	readonly rules = new Map<string, {count: number; places: Set<string>}>();
	readonly places = new Set<string>();
	total = 0;

	constructor(output: Output, isJson: boolean) {
		this.#output = output;
		this.#isJson = isJson;
	}

	async write(row: FoundRow): Promise<void> {
		this.#count(row);
		if (this.#isFirst) {
			await this.#begin();
		} else if (this.#isJson) {
			await this.#output.write(',');
		}

		this.#isFirst = false;
		await this.#output.write(this.#isJson ? `\n${JSON.stringify(row)}` : `${lineOf(row)}\n`);
	}

	/** Ends the JSON with what is known only now. */
	async end(more: Looked & Record<string, unknown>): Promise<void> {
		if (this.#isJson) {
			if (this.#isFirst) {
				await this.#begin();
			}

			await this.#output.writeLine(`],\n${JSON.stringify({total: this.total, ...more}).slice(1)}`);
		}
	}

	async #begin(): Promise<void> {
		await this.#output.write(
			this.#isJson
				? `{"schema":${jsonSchemaVersion},"findings":[`
				: `${aligned(columns.map(({heading}) => heading))}\n`,
		);
	}

	#count({rule, count, sessionId, file}: FoundRow): void {
		const place = sessionId ?? file ?? '';
		const known = this.rules.get(rule) ?? {count: 0, places: new Set<string>()};
		this.rules.set(rule, {count: known.count + count, places: known.places.add(place)});
		this.places.add(place);
		this.total += count;
	}
}

/** `2 finds in 1 of 25 sessions.`, for people. */
export const foundSentence = ({total, places}: FoundRows, {sessions, files}: Looked): string => {
	const among = [
		...(sessions === 0 && files > 0 ? [] : [`${exactCountLabel(sessions)} ${sessions === 1 ? 'session' : 'sessions'}`]),
		...(files === 0 ? [] : [`${exactCountLabel(files)} ${files === 1 ? 'file' : 'files'}`]),
	].join(' and ');
	return total === 0
		? `Nothing was found in ${among}.`
		: `${exactCountLabel(total)} ${total === 1 ? 'find' : 'finds'} in ${exactCountLabel(places.size)} of ${among}.`;
};

const lineOf = ({sessionId, file, prompt, line, kind, field, rule, confidence, count}: FoundRow): string =>
	aligned([
		sessionId === null ? plainPath(file ?? '') : plainText(sessionId).replaceAll('\n', ' '),
		prompt === null ? '-' : String(prompt),
		line === null ? '-' : String(line),
		kind,
		field ?? '-',
		plainText(rule).replaceAll('\n', ' '),
		confidence,
		String(count),
	]);

/** Cells that are too long push the rest to the right rather than be cut. */
const aligned = (cells: readonly string[]): string =>
	cells
		.map((cell, index) => padToWidth(cell, columns[index]?.width ?? 0))
		.join('  ')
		.trimEnd();

import {StringDecoder} from 'node:string_decoder';
import {UserError} from '../../model/problem.js';
import {Numbering} from '../../redact/placeholder.js';
import type {Redactor} from '../../redact/redactor.js';
import {SecretMemory} from '../../redact/secret-memory.js';
import {TextWindows} from '../../redact/text-windows.js';
import type {Output} from '../output.js';
import {decidedBook} from './decided-book.js';
import {ownRedactor} from './own-redactor.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';

/** What a JSON line may measure: V8 makes no string of twice as much. */
const longestJsonLine = 256 * 1024 * 1024;

type Input = AsyncIterable<Uint8Array>;

/** `redactions filter`: what comes in goes out with placeholders, the same for the same value all through. */
export const filterInput = async (
	request: RedactionsRequest,
	surroundings: RedactionsSurroundings,
): Promise<number> => {
	const {stdin, stdout, stderr} = surroundings;
	const book = await decidedBook(request, surroundings);
	const redactor = await ownRedactor(request, request.flags['secretsOnly'] === true, stderr, book);
	await stderr.flush();
	const input = stdin?.() ?? noInput();
	await (request.flags['json'] === true ? filterJson : filterText)(input, redactor, stdout);
	return 0;
};

const filterText = async (input: Input, redactor: Redactor, stdout: Output): Promise<void> => {
	const windows = new TextWindows();
	const numbering = new Numbering();
	const memory = new SecretMemory();
	const pass = async (isLast: boolean): Promise<void> => {
		for (let window = windows.next(isLast); window !== undefined; window = windows.next(isLast)) {
			const {redacted, end} = redactor.redactPart(window.text, window, numbering, {memory});
			windows.done(end);
			await stdout.write(redacted);
			await stdout.flush();
		}
	};

	const decoder = new StringDecoder('utf8');
	for await (const chunk of input) {
		windows.push(decoder.write(chunk));
		await pass(false);
	}

	windows.push(decoder.end());
	await pass(true);
};

const filterJson = async (input: Input, redactor: Redactor, stdout: Output): Promise<void> => {
	const numbering = new Numbering();
	const memory = new SecretMemory();
	let number = 0;
	for await (const line of linesOf(input)) {
		number++;
		const text = jsonString(line);
		if (text === undefined) {
			throw new UserError(`Line ${number} of the input is no JSON string. Write one string in quotes per line.`);
		}

		await stdout.writeLine(JSON.stringify(redactor.redact(text, numbering, {memory})));
		await stdout.flush();
	}
};

/** Undefined for anything else. What is wrong with it is not told: that would quote it. */
const jsonString = (line: string): string | undefined => {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'string' ? value : undefined;
	} catch {
		return undefined;
	}
};

/** Each line as soon as its end is there; the last one may have none. */
async function* linesOf(input: Input): AsyncGenerator<string> {
	const decoder = new StringDecoder('utf8');
	let parts: string[] = [];
	let length = 0;
	for await (const chunk of input) {
		const [rest = '', ...after] = decoder.write(chunk).split('\n');
		parts.push(rest);
		length += rest.length;
		for (const next of after) {
			yield parts.join('');
			parts = [next];
			length = next.length;
		}

		if (length > longestJsonLine) {
			throw new UserError('A line of the input is longer than 256 MB. Give shorter ones.');
		}
	}

	const last = parts.join('') + decoder.end();
	if (last !== '') {
		yield last;
	}
}

async function* noInput(): AsyncGenerator<Uint8Array> {}

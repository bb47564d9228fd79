// How long the thread that draws keeps a key waiting while a home that it never saw is read: rows, raw lines, words.
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {generateHome} from './generate-home.js';
import {percentile} from './measure/statistics.js';
import {heading, limited, type Row, tableText} from './measure/table.js';
import {MeasuredTerminal} from './measure/terminal.js';
import {inTemporaryFolder, isStarted, program, surroundings} from './measure/workplace.js';

const homeBytes = 300e6;
const longLines = 3;

/** So many times a second: somebody who reads along. */
const keysPerSecond = 4;

/** Down and up the sessions, into one, along its prompts, into its events, and back again. */
const keys = ['j', 'j', 'j', '\r', 'j', 'j', '\r', 'j', 'j', 'j', 'j', 'k', '\u001B', '\u001B', 'k'];

const passes = /(?:Looking for logs|(?:Reading|Archiving|Indexing) [\d,]+ of [\d,]+ files)/;

/** Longer than the gaps between two passes. */
const restSeconds = 3;

/** The same keys are pressed for so long once all was read. */
const referenceSeconds = 8;

const watchDelay = fileURLToPath(new URL('measure/ui-delay.mjs', import.meta.url));

export const measureUiDelay = async (): Promise<Row[]> =>
	inTemporaryFolder(async folder => {
		const home = path.join(folder, 'home');
		const {bytes, files} = generateHome({out: home, bytes: homeBytes, longLines});
		const report = path.join(folder, 'delays.json');
		const terminal = new MeasuredTerminal(
			[
				'--import',
				pathToFileURL(watchDelay).href,
				program(),
				'--codex-home',
				home,
				'--database',
				path.join(folder, 'codex-tui.db'),
			],
			{...surroundings(folder), UI_DELAY_FILE: report},
		);
		await terminal.firstFrame();
		const from = performance.now();
		const readAt = await pressUntilRead(terminal);
		await press(terminal, () => performance.now() > readAt + (restSeconds + referenceSeconds) * 1000);
		const end = performance.now();
		await terminal.quit();
		// A program that still loads is measured by `start.ts`.
		const reading = delaysBetween(from, readAt, report);
		const afterwards = delaysBetween(readAt + restSeconds * 1000, end, report);
		const row = (name: string, share: number, limit: {atMost: number} | null): Row =>
			limited(
				`drawing thread, ${name}, beside the same keys afterwards`,
				percentile(reading, share),
				'ms',
				limit,
				`${percentile(afterwards, share).toFixed(1)} ms`,
			);
		return [
			heading(
				`Delay of the drawing thread, ${keysPerSecond} keys a second, while ${files} files, ${Math.round(bytes / 1e6)} MB, are read in ${((readAt - from) / 1000).toFixed(0)} s`,
			),
			row('p50', 0.5, null),
			row('p95', 0.95, {atMost: 16}),
			row('p99', 0.99, {atMost: 33}),
			row('longest', 1, null),
		];
	});

/** How long what came due between two times, on this process's clock, had to wait. */
const delaysBetween = (from: number, to: number, report: string): number[] => {
	const {firstAt, stepMs, delays} = JSON.parse(fs.readFileSync(report, 'utf8')) as {
		firstAt: number;
		stepMs: number;
		delays: number[];
	};
	const stepAt = (time: number): number => Math.max(0, Math.ceil((performance.timeOrigin + time - firstAt) / stepMs));
	return delays.slice(stepAt(from), stepAt(to));
};

/** Presses keys until no pass has been named in the status line for a while; answers when one was named last. */
const pressUntilRead = async (terminal: MeasuredTerminal): Promise<number> => {
	await terminal.shows(text => passes.test(text), 'that it reads');
	let readingAt = performance.now();
	await press(terminal, text => {
		const now = performance.now();
		readingAt = passes.test(text) ? now : readingAt;
		return now - readingAt > restSeconds * 1000;
	});
	return readingAt;
};

const press = async (terminal: MeasuredTerminal, isEnough: (text: string) => boolean): Promise<void> => {
	for (let count = 0; !isEnough(await terminal.look()); count++) {
		terminal.type(keys[count % keys.length] ?? '');
		await sleep(1000 / keysPerSecond);
	}
};

if (isStarted(import.meta.url)) {
	console.log(tableText(await measureUiDelay()));
}

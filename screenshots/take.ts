#!/usr/bin/env -S node --import tsx
// Takes the pictures of the README: the built program on invented sessions, at a time that stands still.
// Arguments: a folder for them (default: this one), and names of pictures.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import type {Size, Terminal} from '../test/helpers/terminal.js';
import {allRead, Place} from '../test/pty/program.js';
import {fillPrettyHome, now} from './pretty-home.js';
import {svgOf} from './svg.js';

/** Pictures that the README does not show are taken when they are named. */
type Picture = {name: string; size: Size; isExtra?: boolean; take: (terminal: Terminal) => Promise<void>};

/** As it is from the second start on, which welcomes nobody. */
const firstSession = async (terminal: Terminal): Promise<void> => {
	await terminal.press('g');
	await terminal.miss('Welcome.');
};

const openPatch = async (terminal: Terminal): Promise<void> => {
	await terminal.press('Enter');
	await terminal.see(/Events \d/);
	await terminal.press(']');
	await terminal.see(/> Prompt 2/);
	await terminal.press('Enter');
	await terminal.see(/Events 1\/\d+/);
	await terminal.see(/Detail rows 1–\d+ of \d+/);
	for (let row = 0; row < 4; row++) {
		await terminal.press('j');
	}

	await terminal.see('Update source/basket/total.ts');
};

const search = async (terminal: Terminal): Promise<void> => {
	await terminal.press('s', 'total');
	await terminal.see(/\d+ hits/);
	await terminal.press('Down');
	await terminal.see(/▌/);
};

const pictures: readonly Picture[] = [
	{name: 'sessions', size: {cols: 120, rows: 28}, take: firstSession},
	{name: 'detail', size: {cols: 120, rows: 28}, take: openPatch},
	{name: 'search', size: {cols: 140, rows: 28}, take: search},
	{name: 'narrow', isExtra: true, size: {cols: 80, rows: 24}, take: openPatch},
	{name: 'wide', isExtra: true, size: {cols: 200, rows: 48}, take: openPatch},
];

/** Makes time stand still in the program and its worker. */
const clock = `const now = ${now.getTime()};
const RealDate = Date;
globalThis.Date = class extends RealDate {
	constructor(...given) { super(...(given.length === 0 ? [now] : given)); }
	static now() { return now; }
};`;

const works: (() => void)[] = [];
const place = new Place({after: work => works.push(work)});
const out = path.resolve(process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url)));
const names = process.argv.slice(3);
const wanted = pictures.filter(({name, isExtra}) => (names.length === 0 ? isExtra !== true : names.includes(name)));

try {
	fillPrettyHome(place);
	const clockFile = path.join(place.folder, 'clock.mjs');
	fs.writeFileSync(clockFile, clock);
	const env = {NODE_OPTIONS: `--import=${pathToFileURL(clockFile).href}`, TZ: 'UTC'};
	fs.mkdirSync(out, {recursive: true});
	for (const {name, size, take} of wanted) {
		const terminal = await place.open({...size, env});
		await allRead(terminal);
		await take(terminal);
		await terminal.quiet(500);
		await terminal.miss('Looking for logs');
		fs.writeFileSync(path.join(out, `${name}.svg`), svgOf(terminal, 'codex-tui'));
		terminal.kill();
	}
} finally {
	for (const work of works.toReversed()) {
		work();
	}
}

import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Owner, Size, Terminal} from '../test/helpers/terminal.js';
import {allRead, Place} from '../test/pty/program.js';
import {fillPrettyHome, now} from './pretty-home.js';
import {svgOf} from './svg.js';

/** What a picture shows is waited for by its words: how fast a machine is makes no difference. */
type Picture = {
	name: string;
	size: Size;
	background?: 'light';
	take: (terminal: Terminal) => Promise<void>;
};

/** As it is from the second start on, which welcomes nobody. */
const firstSession = async (terminal: Terminal): Promise<void> => {
	await terminal.press('g');
	await terminal.miss('Welcome.');
	await terminal.see(/\+1 17\.9k/);
	await terminal.see(/Prelude(?:.|\n)*1m 35s/);
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
	await terminal.see(/tokens: .* out/);
};

const search = async (terminal: Terminal): Promise<void> => {
	await terminal.press('s', 'total');
	await terminal.see(/\d+ hits/);
	await terminal.press('Down');
	await terminal.see(/▌.*patch/);
	await terminal.see('Update source/basket/total.ts');
};

/** The session with what must not be shown, at one of its events. */
const leakyEvent = async (terminal: Terminal, event: number, words: RegExp): Promise<void> => {
	await terminal.press('g', 'j', 'Enter');
	await terminal.see(/Prompts 2\/3/);
	await terminal.press('Enter');
	await terminal.see(/Events 1\/6/);
	for (let at = 1; at < event; at++) {
		await terminal.press('j');
		await terminal.see(`Events ${at + 1}/6`);
	}

	await terminal.see(words);
};

const redacted = async (terminal: Terminal): Promise<void> => {
	await leakyEvent(terminal, 3, /PGPASSWORD=\[REDACTED:/);
	await terminal.see(/r \d+ redacted/);
	await terminal.see(/tokens: .* out/);
};

const finds = async (terminal: Terminal): Promise<void> => {
	await redacted(terminal);
	await terminal.press('R');
	await terminal.see(/\d values/);
	await terminal.miss('looking again');
};

const compared = async (terminal: Terminal): Promise<void> => {
	await leakyEvent(terminal, 5, /phone +\| \[REDACTED:/);
	await terminal.press('D');
	await terminal.see('As it is, and as it would leave');
	await terminal.see(/phone .*\| \[REDACTED:phone/);
};

const small = {cols: 80, rows: 24};
const large = {cols: 120, rows: 32};

export const pictures: readonly Picture[] = [
	{name: 'sessions', size: {cols: 120, rows: 24}, take: firstSession},
	{name: 'detail', size: large, background: 'light', take: openPatch},
	{name: 'search', size: large, take: search},
	{name: 'redacted', size: small, take: redacted},
	{name: 'finds', size: small, take: finds},
	{name: 'compared', size: small, take: compared},
];

/** Makes time stand still in the program and its workers. */
const clock = `const now = ${now.getTime()};
const RealDate = Date;
globalThis.Date = class extends RealDate {
	constructor(...given) { super(...(given.length === 0 ? [now] : given)); }
	static now() { return now; }
};`;

/** Takes pictures of the built program on invented sessions, all of which it has read and looked through before. */
export const takePictures = async (
	owner: Owner,
	wanted: readonly Picture[],
	onTaken: (picture: Picture, svg: string, terminal: Terminal) => void,
): Promise<void> => {
	const place = new Place(owner);
	fillPrettyHome(place);
	const clockFile = path.join(place.folder, 'clock.mjs');
	fs.writeFileSync(clockFile, clock);
	const env = {
		NODE_OPTIONS: `--import=${pathToFileURL(clockFile).href}`,
		TZ: 'UTC',
		LC_ALL: 'C.UTF-8',
		INK_SCREEN_READER: undefined,
		CODEX_SQLITE_HOME: undefined,
	};
	const reading = await place.open({args: ['ingest', '--findings'], env});
	await reading.exited(60_000);
	for (const picture of wanted) {
		const background = picture.background ?? 'dark';
		const terminal = await place.open({...picture.size, background, env});
		await allRead(terminal);
		await picture.take(terminal);
		await terminal.miss('Looking for logs');
		await terminal.quiet(300);
		onTaken(picture, svgOf(terminal, 'codex-tui', background), terminal);
		terminal.kill();
	}
};

import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Covering} from '../../source/app/covering.js';
import type {ShownStore} from '../../source/disclose/shown.js';
import {unredacted} from '../../source/disclose/unredacted.js';
import {driveExplorer} from '../helpers/drive-explorer.js';
import {command, createMemoryStore, type MemoryStore, message, reasoning} from '../helpers/memory-store.js';

const secret = 'gull-word';
const hidden = '[REDACTED:password#1]';

const answerText = `The lamp turns slower; the word is ${secret}.

\`\`\`ts
const period = 12;
\`\`\`

${'Or with the horn.\n\n'.repeat(6)}

\`\`\`sh
npm run horn
\`\`\``;

const lamp = (): MemoryStore =>
	createMemoryStore({
		summary: {threadId: 'thread-of-lamp'},
		prompts: [
			{
				text: `Turn the lamp slower, ${secret}`,
				events: [
					reasoning('Looking for the period'),
					command('rg period', 'lamp.ts:3: period'),
					{
						kind: 'tool-call',
						tool: 'patch',
						name: 'apply_patch',
						callId: 'call-patch',
						command: 'lamp.ts',
						arguments: null,
						output: 'Success.',
						exitCode: 0,
						durationMs: 10,
						status: 'completed',
						changes: [{path: 'lamp.ts', change: 'update', movedTo: null, diff: '@@\n-10\n+12'}],
					},
					message('assistant', answerText),
				],
			},
			{text: 'And the mast?', events: [message('assistant', 'So:\n\n```sh\nmake mast\n```')]},
		],
	});

/** The same with one word hidden, as a store for what leaves. */
const outgoingOf = (store: MemoryStore): ShownStore => {
	const hide = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(secret, hidden)) as T;
	const shown = unredacted(store);
	return {
		...shown,
		annotations: shown.annotations,
		redactions: shown.redactions,
		session: shown.session,
		sourceFiles: shown.sourceFiles,
		eventIds: shown.eventIds,
		promptText: async id => hide(await shown.promptText(id)),
		listPrompts: async id => hide(await shown.listPrompts(id)),
		listEvents: async ids => hide(await shown.listEvents(ids)),
		event: async id => hide(await shown.event(id)),
	};
};

type Options = {
	takenBy?: 'system' | 'terminal' | undefined;
	found?: {line: number; rule: string}[];
	orphans?: number[];
	rows?: number;
	store?: MemoryStore;
};

const drive = async ({found = [], orphans = [], rows = 30, store = lamp(), ...options}: Options = {}) => {
	const copied: string[] = [];
	const kept: string[] = [];
	const checked: string[] = [];
	const outgoing = outgoingOf(store);
	const covering: Covering = {
		outgoing: {...outgoing, redactions: {...outgoing.redactions, orphans: async () => orphans}},
		async check(text) {
			checked.push(text);
			return found;
		},
		reveal: async () => {},
		triage: {
			findings: async () => [],
			decide: async () => 0,
			compare: async () => [],
			undo: async () => undefined,
		},
		onChange() {},
		onFailure() {},
	};
	const driven = await driveExplorer({
		store,
		covering,
		rows,
		async copy(text) {
			const takenBy = 'takenBy' in options ? options.takenBy : 'system';
			copied.push(...(takenBy ? [text] : []));
			return takenBy;
		},
		async keep(text) {
			kept.push(text);
			return '~/data/copied.md';
		},
	});
	/** One key after the other, each when the one before has been answered. */
	const press = async (...keys: string[]): Promise<void> => {
		for (const key of keys) {
			await driven.press(key);
		}
	};
	const recorded = async (): Promise<unknown[]> => {
		const entries: unknown[] = [];
		for await (const entry of store.redactions.audit()) {
			entries.push(entry.type === 'entry' ? [entry.kind, entry.detail, entry.ref] : entry);
		}

		return entries;
	};
	/** Takes a choice of the menu of copies by its label. */
	const choose = async (label: RegExp): Promise<void> => {
		await press('C');
		const menu = driven.explorer.screen().menu;
		const item = menu?.items.find(one => label.test(one.label));
		assert.ok(menu && item, `${label} is in the menu`);
		driven.explorer.choose('copy', item.value);
		await driven.settle();
	};
	return {...driven, press, choose, copied, kept, checked, recorded};
};

test('one key copies the exchange as Markdown, as it may leave, and says so', async () => {
	const {press, copied, checked, status, recorded} = await drive();
	await press('enter', 'c');
	const [text = ''] = copied;
	assert.match(
		text,
		/^### Prompt 1: Turn the lamp slower, \[REDACTED:password#1\]\n\n\*.*\*\n\n> Turn the lamp slower/,
	);
	assert.match(text, /<summary><b>Command<\/b> <code>rg period<\/code>/);
	assert.match(text, /\*\*Answer\*\* .*\n\n> The lamp turns slower; the word is \[REDACTED:password#1\]\.\n>\n> ```ts/);
	assert.equal(text.includes(secret), false);
	assert.deepEqual(checked, [text], 'what is copied is what was looked through');
	assert.match(status(), new RegExp(`Copied the exchange: ${text.length} characters, 1 value redacted\\.`));
	assert.deepEqual(await recorded(), [
		['export', {what: 'copy actions', characters: text.length, redactions: 1}, 'thread-of-lamp'],
	]);
});

test('the level that was chosen last is the one that the key copies', async () => {
	const {press, choose, copied, status} = await drive();
	await press('enter');
	await choose(/prompt and answers/);
	await press('c');
	assert.match(status(), /Copied the exchange: /);
	assert.equal(copied.length, 2);
	assert.equal(copied[0], copied[1]);
	assert.doesNotMatch(copied[0] ?? '', /rg period|Looking for/);
	assert.match(copied[0] ?? '', /The lamp turns slower/);
	await choose(/in full/);
	assert.match(copied[2] ?? '', /rg period/);
});

test('what is typed and answered is copied as it is, but redacted', async () => {
	const {press, choose, copied} = await drive();
	await press('enter');
	await choose(/^Prompt/);
	await choose(/^Answer/);
	assert.deepEqual(copied, [`Turn the lamp slower, ${hidden}`, answerText.replace(secret, hidden)]);
});

test('pieces of the selected event are copied by themselves', async () => {
	const {press, choose, copied, status} = await drive();
	await press('enter', 'enter', 'j', 'j');
	await choose(/^Command$/);
	assert.equal(copied.at(-1), 'rg period');
	await choose(/^Diff$/);
	assert.match(status(), /has no diff/);
	await press('j');
	await choose(/^Diff$/);
	assert.equal(copied.at(-1), '--- lamp.ts\n+++ lamp.ts\n@@\n-10\n+12');
	await choose(/^Command$/);
	assert.match(status(), /is no command/);
	await choose(/^Event$/);
	assert.match(copied.at(-1) ?? '', /<b>Patch<\/b>[\s\S]*```diff\n@@/);
	await choose(/^Path/);
	assert.match(copied.at(-1) ?? '', /rollout-\d+\.jsonl$/);
	await choose(/^Session id/);
	assert.equal(copied.at(-1), 'thread-of-lamp');
	assert.equal(copied.length, 5, 'what is not there is not copied');
});

test('of several pieces of code one is chosen, beginning with the one at the top of the detail', async () => {
	const {press, choose, copied, explorer} = await drive({rows: 12});
	await press('enter', 'enter', 'G', 'enter');
	await choose(/^Code/);
	assert.deepEqual(
		explorer.screen().menu?.items.map(({label}) => label),
		['const period = 12;', 'npm run horn'],
	);
	assert.equal(explorer.screen().menu?.index, 0);
	await press('enter');
	assert.equal(copied.at(-1), 'const period = 12;');
	await press('G');
	await choose(/^Code/);
	assert.equal(explorer.screen().menu?.index, 1);
	await press('enter');
	assert.equal(copied.at(-1), 'npm run horn');
});

test('a single piece of code needs no menu, and none is said', async () => {
	const {press, choose, copied, explorer, status} = await drive();
	await press('enter', 'j', 'enter', 'j');
	await choose(/^Code/);
	assert.equal(explorer.screen().menu, undefined);
	assert.deepEqual(copied, ['make mast']);
	await press('k');
	await choose(/^Code/);
	assert.match(status(), /has no code/);
	assert.equal(copied.length, 1);
});

test('nothing is copied where the last look finds something, and its value is not told', async () => {
	const {press, copied, kept, status, recorded} = await drive({
		found: [
			{line: 7, rule: 'github-pat'},
			{line: 9, rule: 'secretlint npm'},
		],
	});
	await press('enter', 'c');
	assert.match(status(), /Nothing was copied: github-pat in line 7 and 1 more\./);
	assert.deepEqual([copied, kept, await recorded()], [[], [], []]);
});

test('nothing is copied while a decision about a place is without its place', async () => {
	const {press, copied, status} = await drive({orphans: [4]});
	await press('enter', 'c');
	assert.match(status(), /Nothing was copied: the text of decision 4 is gone/);
	assert.deepEqual(copied, []);
});

test('the terminal is named where it was asked, and a file where nothing took the text', async () => {
	const remote = await drive({takenBy: 'terminal'});
	await remote.press('enter', 'c');
	assert.match(remote.status(), /Copied the exchange by the terminal: /);
	const bare = await drive({takenBy: undefined});
	await bare.press('enter', 'c');
	assert.match(bare.status(), /No clipboard, so ~\/data\/copied\.md holds the exchange: /);
	assert.equal(bare.kept.length, 1);
});

test('a key that is held copies once', async () => {
	const {press, explorer, settle, copied, recorded} = await drive();
	await press('enter');
	for (let time = 0; time < 5; time++) {
		explorer.press('c');
	}

	await settle();
	assert.equal(copied.length, 1);
	assert.equal((await recorded()).length, 1);
	await press('c');
	assert.equal(copied.length, 2);
});

test('an event of the session that was open before is not copied', async () => {
	const store = lamp();
	store.add({summary: {startedAt: '2026-01-01T10:00:00.000Z'}, prompts: [{text: 'Sand the hull'}]});
	const {press, choose, copied, status} = await drive({store});
	await press('enter', 'enter', 'j');
	await press('h', 'h', 'j');
	await choose(/^Event$/);
	assert.match(status(), /No event is selected/);
	await choose(/^Prompt/);
	assert.deepEqual(copied, ['Sand the hull']);
});

test('the menu begins with what the pane is about', async () => {
	const {press, explorer} = await drive();
	const selected = (): string | undefined => explorer.screen().menu?.items[explorer.screen().menu?.index ?? -1]?.value;
	await press('C');
	assert.equal(selected(), 'session-id');
	await press('escape', 'enter', 'C');
	assert.equal(selected(), 'prompt');
	await press('escape', 'enter', 'C');
	assert.equal(selected(), 'event');
});

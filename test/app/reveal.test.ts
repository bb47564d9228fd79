import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Covering} from '../../source/app/covering.js';
import {unredacted} from '../../source/disclose/unredacted.js';
import {driveExplorer} from '../helpers/drive-explorer.js';
import {createMemoryStore} from '../helpers/memory-store.js';

const hidden = '[REDACTED:password#1]';

/** An explorer over one session, whose prompt shows a placeholder until it is revealed. */
const drive = async () => {
	const store = createMemoryStore({
		summary: {id: 7, title: `Log in with ${hidden}`},
		prompts: [{text: `Log in with ${hidden}`}],
	});
	const asked: [number, boolean][] = [];
	let tell: (session: number | null) => void = () => {};
	const covering: Covering = {
		outgoing: unredacted(store),
		check: async () => [],
		async reveal(session, isRevealed) {
			asked.push([session, isRevealed]);
			const word = isRevealed ? 'lighthouse' : hidden;
			store.add({summary: {id: 7, title: `Log in with ${word}`}, prompts: [{text: `Log in with ${word}`}]});
			tell(session);
		},
		triage: {
			findings: async () => [],
			decide: async () => 0,
			compare: async () => [],
			undo: async () => undefined,
		},
		onFailure() {},
		onChange(listener) {
			tell = listener;
		},
	};
	return {...(await driveExplorer({store, covering})), asked};
};

test('a key reveals the selected session, which is said as long as it lasts, and hides it again', async () => {
	const {press, until, rows, breadcrumb, status, asked} = await drive();
	assert.match(status(), /r 2 redacted/);
	await press('r');
	await until(() => rows('sessions')?.join().includes('lighthouse') === true);
	assert.deepEqual(asked, [[7, true]]);
	assert.match(breadcrumb(), /not redacted/);
	assert.match(status(), /shown as it is/);
	await press('r');
	await until(() => rows('sessions')?.join().includes(hidden) === true);
	assert.deepEqual(asked.at(-1), [7, false]);
	assert.doesNotMatch(breadcrumb(), /not redacted/);
});

test('placeholders have a tone of their own', async () => {
	const {explorer} = await drive();
	const spans = explorer.screen().panes.flatMap(({rows}) => rows.flat());
	assert.deepEqual(
		spans.filter(({tone}) => tone === 'redacted').map(({text}) => text),
		[hidden, '[REDACTED:passwo…'],
	);
});

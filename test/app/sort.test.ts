import assert from 'node:assert/strict';
import test from 'node:test';
import {sessionOrders} from '../../source/app/menus.js';
import {sessionCompare, sortedColumn} from '../../source/app/session-order.js';
import type {SessionSummary} from '../../source/model/session.js';
import {rowText} from '../../source/text/cells.js';
import {driveExplorer} from '../helpers/drive-explorer.js';
import {createMemoryStore} from '../helpers/memory-store.js';
import {manySessions} from '../helpers/sample-sessions.js';

const store = createMemoryStore(...manySessions(30));
const sessions = (await store.listSessions({limit: 100})).map((session, index) => ({
	...session,
	gitBranch: index % 3 === 0 ? null : `Branch-${index % 7}`,
	models: index % 4 === 0 ? [] : [`model-${index % 5}`],
	durationMs: index % 6 === 0 ? null : ((index * 37) % 11) * 1000,
}));

/** As if some sessions were not looked through yet. */
const redactionsOf = ({id}: SessionSummary): number | null => (id % 5 === 0 ? null : (id * 7) % 4);

const sortedBy: Record<(typeof sessionOrders)[number], (session: SessionSummary) => string | number> = {
	newest: ({startedAt}) => startedAt ?? '',
	active: ({endedAt}) => endedAt ?? '',
	title: ({title}) => (title ?? '').toLowerCase(),
	folder: ({cwd}) => (cwd ?? '').toLowerCase(),
	branch: ({gitBranch}) => (gitBranch ?? '').toLowerCase(),
	model: ({models}) => models.join(' '),
	prompts: ({promptCount}) => promptCount,
	duration: ({durationMs}) => durationMs ?? 0,
	tokens: ({usage}) => usage.totalTokens,
	redactions: session => redactionsOf(session) ?? '',
};

const isInOrder = (values: readonly (string | number)[], isDescending: boolean): boolean =>
	values.every((value, index) => {
		const before = values[index - 1] ?? value;
		return isDescending ? before >= value : before <= value;
	});

for (const order of sessionOrders) {
	for (const isReversed of [false, true]) {
		test(`sorted by ${order}${isReversed ? ', the other way round' : ''}: blanks last, equals by start`, () => {
			const values = sessions
				.toSorted(sessionCompare(order, isReversed, redactionsOf))
				.map(session => ({value: sortedBy[order](session), start: session.startedAt ?? ''}));
			const filled = values.filter(({value}) => value !== '');
			assert.deepEqual(values.slice(0, filled.length), filled);
			const isDescending = sortedColumn(order, isReversed)?.isDescending ?? true;
			assert.ok(
				isInOrder(
					filled.map(({value}) => value),
					isDescending,
				),
			);
			for (const group of Map.groupBy(values, ({value}) => value).values()) {
				const isOwn = order === 'newest';
				assert.ok(
					isOwn ||
						isInOrder(
							group.map(({start}) => start),
							true,
						),
					`${group[0]?.value}`,
				);
			}
		});
	}
}

test('keys step through the columns and round, and the heading shows the way', async () => {
	const {press, explorer, status} = await driveExplorer({store, columns: 360});
	const heading = () => rowText(explorer.screen().panes[0]?.heading ?? []);
	assert.doesNotMatch(heading(), /[↑↓]/);
	const seen: string[] = [];
	for (const _ of sessionOrders) {
		await press('>');
		seen.push(/\S*[↑↓]/.exec(heading())?.[0] ?? explorer.state().order);
	}

	assert.deepEqual(seen, [
		'When↓',
		'title',
		'Folder↑',
		'Branch↑',
		'Model↑',
		'#↓',
		'Time↓',
		'Token↓',
		'Hidde↓',
		'newest',
	]);
	assert.match(status(), /By start, newest first\./);
	await press('<', '<');
	assert.equal(explorer.state().order, 'tokens');
	assert.match(status(), /By tokens, most first\./);
	await press('S', 'enter');
	assert.match(heading(), /Token↑/);
	assert.match(status(), /By tokens, most first, the other way round\./);
	await press('S', 'enter');
	assert.match(heading(), /Token↓/);
});

test('the last row of the menu turns the present order round', async () => {
	const {press, rows, explorer} = await driveExplorer({store});
	const before = rows('sessions')?.[0];
	await press('S', 'k', 'enter');
	assert.deepEqual([explorer.state().order, explorer.state().isReversed], ['newest', true]);
	assert.notEqual(rows('sessions')?.[0], before);
});

test('sessions are sorted and filtered by how much is hidden in them, which rows show then', async () => {
	const hidden = createMemoryStore(...manySessions(6));
	const [first, second, third] = await hidden.listSessions({limit: 3});
	assert.ok(first && second && third);
	hidden.findingCounts.set(second.id, 12);
	hidden.findingCounts.set(third.id, 3);
	hidden.findingCounts.set(first.id, 0);
	const {press, rows, explorer} = await driveExplorer({store: hidden, columns: 200});
	await press('<');
	assert.equal(explorer.state().order, 'redactions');
	const [top = '', next = '', after = '', unknown = ''] = rows('sessions') ?? [];
	assert.match(top, /\s12\s*$/);
	assert.match(next, /\s3\s*$/);
	assert.match(after, /\s0\s*$/);
	assert.doesNotMatch(unknown, /\d\s*$/);
	await press('/', ...'redacted:>3', 'enter');
	assert.equal(rows('sessions')?.filter(row => row.trim() !== '').length, 1);
	assert.match(rows('sessions')?.[0] ?? '', /\s12\s*$/);
});

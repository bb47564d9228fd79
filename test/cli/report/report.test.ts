import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {services} from '../../../source/cli/default-services.js';
import {beginningOf} from '../../../source/cli/report/preview-text.js';
import {reportPlace} from '../../helpers/report-place.js';
import {answeredTwice, askedTwice, meta, rolloutOf, threadId} from '../../helpers/rollout.js';
import {fullLog, logOf, otherId, otherLog, reviewId, reviewLog, secrets} from '../../report/sample-logs.js';

const place = (t: TestContext) => {
	const made = reportPlace(t);
	made.write(logOf(threadId), fullLog);
	made.write(logOf(otherId), otherLog);
	made.write(logOf(reviewId), reviewLog);
	return made;
};

/** Titles of the sessions and prompts that a report tells. */
const titles = (markdown: string): string[] =>
	[...markdown.matchAll(/^#{2,3} <a id="s.*?"><\/a>(.*)$/gm)].map(([, title = '']) => title.slice(0, 24));

const low = 'Why is low tide late? Us';
const paint = 'Paint the lighthouse';

test('without a scope every session of a person is told, the oldest first', async t => {
	const {run} = place(t);
	const {stdout, exitCode} = await run('report', '--mode', 'prompts');
	assert.equal(exitCode, 0);
	assert.deepEqual(titles(stdout), [
		low,
		'Prompt 1: Why is low tid',
		'Prompt 2: And the moonfi',
		paint,
		`Prompt 1: ${paint}`.slice(0, 24),
		`Prompt 2: ${paint}`.slice(0, 24),
	]);
	assert.match(stdout, /\*\*Sessions of automation:\*\* 1:/);
	const all = (await run('report', '--mode', 'answers', '--automation')).stdout;
	assert.match(all, /Nothing to object\./);
	assert.doesNotMatch(all, /Sessions of automation/);
});

test('a session, a prompt and an event are told alone', async t => {
	const {run, root} = place(t);
	assert.deepEqual(titles((await run('report', otherId, '--mode', 'prompts')).stdout).slice(0, 1), [paint]);
	assert.deepEqual(
		titles((await run('report', path.join(root, logOf(otherId)), '--mode', 'prompts')).stdout).slice(0, 1),
		[paint],
	);
	const prompt = (await run('report', `${threadId}#2`)).stdout;
	assert.deepEqual(titles(prompt), [low, 'Prompt 2: And the moonfi']);
	assert.match(prompt, /\*\*Tokens:\*\* 1,060\n/);

	const event = (await run('report', '--session', `${threadId}:7`)).stdout;
	assert.deepEqual(titles(event), [low, 'Prompt 1: Why is low tid']);
	assert.match(event, /<b>Command<\/b>/);
	assert.doesNotMatch(event, /<b>Patch<\/b>/);

	const none = await run('report', `${threadId}:9999`);
	assert.deepEqual([none.exitCode, none.stdout], [1, '']);
	assert.match(none.stderr, /tells no event that begins on line 9999\.\n$/);
	const beyond = await run('report', `${threadId}#3`);
	assert.deepEqual([beyond.exitCode, beyond.stdout], [2, '']);
	assert.match(beyond.stderr, /has no prompt 3\. Choose one from 1 to 2\.\n$/);
	assert.match((await run('report', reviewId)).stdout, /Nothing to object/);
});

test('filters narrow down what is told', async t => {
	const {run} = place(t);
	await run('tag', otherId, '+paint');
	const told = async (...flags: string[]): Promise<string[]> => {
		const {stdout, exitCode, stderr} = await run('report', '--mode', 'prompts', ...flags);
		assert.equal(exitCode, 0, stderr);
		return titles(stdout).filter(title => !title.startsWith('Prompt'));
	};
	assert.deepEqual(await told('--tag', 'PAINT'), [paint]);
	assert.deepEqual(await told('--repo', 'harbour'), [paint]);
	assert.deepEqual(await told('--since', '2026-02-04'), [paint]);
	assert.deepEqual(await told('--until', '2026-02-04', '--reproducible'), [low]);
	assert.deepEqual(await told('--query', 'repo:tides model:codex'), [low]);
	assert.deepEqual(await told('--query=-tag:paint'), [low]);
	assert.deepEqual(await told('--query', 'tool:apply_patch'), [low]);
	const found = (await run('report', '--mode', 'prompts', '--query', 'moonfish')).stdout;
	assert.deepEqual(titles(found), [low, 'Prompt 2: And the moonfi']);
	assert.match(found, /\*\*Asked for:\*\* query moonfish\n/);

	const nothing = await run('report', '--tag', 'nowhere');
	assert.deepEqual([nothing.exitCode, nothing.stdout], [1, '']);
	assert.match(nothing.stderr, /^No session fits what was asked for/);
	const mistaken = await run('report', '--query', 'repo:');
	assert.equal(mistaken.exitCode, 2);
	assert.match(mistaken.stderr, /^The query is not understood\. /);
});

test('prompts of other days are left out, and that is told', async t => {
	const made = reportPlace(t);
	made.write(
		logOf(threadId),
		rolloutOf([
			meta(),
			...askedTwice('One', 1),
			...answeredTwice('Done.', 2),
			...askedTwice('Two', 172_800),
			...answeredTwice('Done.', 172_801),
		]),
	);
	const {stdout} = await made.run('report', '--since', '2026-02-05', '--reproducible', '--mode', 'prompts');
	assert.deepEqual(titles(stdout), ['One', 'Prompt 2: Two']);
	assert.match(stdout, /\*\*Prompts of other days:\*\* 1:/);
	const named = await made.run('report', `${threadId}#1`, '--since', '2026-02-05', '--mode', 'prompts');
	assert.deepEqual(titles(named.stdout), ['One', 'Prompt 1: One']);
});

test('what the last session gives away is hidden in the first', async t => {
	const made = reportPlace(t);
	const value = secrets.password;
	made.write(
		logOf(threadId),
		rolloutOf([meta(), ...askedTwice(`Nothing is known of ${value} here`, 1), ...answeredTwice('Right.', 2)]),
	);
	made.write(
		logOf(otherId),
		Buffer.from(
			rolloutOf([meta({id: otherId}), ...askedTwice(`CLIENT_SECRET=${value}`, 1), ...answeredTwice('Set.', 2)])
				.toString()
				.replaceAll('2026-02-03T', '2026-02-09T'),
		),
	);
	const {stdout, exitCode} = await made.run('report');
	assert.equal(exitCode, 0);
	assert.equal(stdout.includes(value), false);
	assert.match(stdout, /^> Nothing is known of \[REDACTED:generic-secret#1\] here$/m);
	assert.match(stdout, /^> CLIENT_SECRET=\[REDACTED:generic-secret#1\]$/m);
});

test('the hashes are those of the logs, and the same logs give the same bytes', async t => {
	const [first, second] = [place(t), place(t)];
	const one = await first.run('report', '--reproducible');
	assert.equal(one.exitCode, 0);
	for (const log of [fullLog, otherLog]) {
		assert.ok(one.stdout.includes(createHash('sha256').update(log).digest('hex')));
	}

	assert.equal(one.stdout.includes(first.root), false);
	assert.equal((await second.run('report', '--reproducible')).stdout, one.stdout);
});

test('what people added stands with what it was added to', async t => {
	const {run} = place(t);
	await run('tag', threadId, '+tides');
	await run('note', threadId, `Ask ${secrets.mail}`);
	const {stdout} = await run('report', threadId);
	assert.match(stdout, /\*\*Tags:\*\* tides\n- \*\*Note:\*\* Ask \[REDACTED:email#1\]\n/);
});

test('bookmarks, notes and dispositions stand with their events and prompts', async t => {
	const {run, root} = place(t);
	await run('sessions');
	const store = await services.openStore(path.join(root, 'data', 'codex-tui.db'));
	const [session] = await store.findSessions(threadId);
	const [, second] = await store.listPrompts(session?.id ?? 0);
	const ids = await store.eventIds({sessionId: session?.id ?? 0, promptId: second?.id ?? 0});
	const call = (await store.listEvents(ids)).find(({kind}) => kind === 'tool-call');
	assert.ok(second !== undefined && call !== undefined);
	await store.annotations.dispose(second.id, 'needs-review');
	await store.annotations.notePrompt(second.id, 'Twice?');
	await store.annotations.bookmark(call.id, true);
	await store.annotations.noteEvent(call.id, 'Here it is.');
	await store.close();

	const {stdout} = await run('report', threadId);
	const [, told = ''] = stdout.split(/^### .*Prompt 2: .*$/m);
	assert.match(told, /^\*.* · needs-review\*\n\n\*\*Note:\*\* Twice\?\n/m);
	assert.match(told, /<code>ls quay<\/code>[\s\S]*?★ Bookmarked\n\n\*\*Note:\*\* Here it is\.\n/);
	assert.equal(stdout.split('★ Bookmarked').length, 2);

	const json = JSON.parse((await run('report', threadId, '--format', 'json')).stdout);
	assert.deepEqual(
		json.sessions[0].marked.map(({line, bookmarked, note}: Record<string, unknown>) => ({line, bookmarked, note})),
		[{line: 19, bookmarked: true, note: 'Here it is.'}],
	);
	assert.equal(json.sessions[0].prompts[1].prompt.disposition, 'needs-review');
});

test('a file is written for its owner alone, and replaced only when asked for', async t => {
	const {run, root} = place(t);
	const file = path.join(root, 'out', 'report.md');
	const gone = await run('report', 'last', '-o', file);
	assert.equal(gone.exitCode, 1);
	assert.match(gone.stderr, /cannot be written \(ENOENT\)/);

	fs.mkdirSync(path.dirname(file));
	const {exitCode, stdout, stderr} = await run('report', 'last', '-o', file);
	assert.deepEqual([exitCode, stdout], [0, '']);
	const [, kilobytes = ''] =
		/^Wrote .*report\.md: 1 session, ([\d.]+) kB, \d+ values? redacted\.\n$/.exec(stderr) ?? [];
	assert.ok(Math.abs(Number(kilobytes) * 1000 - fs.statSync(file).size) < 100, stderr);
	assert.equal(fs.statSync(file).mode & 0o777, 0o600);
	assert.deepEqual(fs.readdirSync(path.dirname(file)), ['report.md']);

	const again = await run('report', 'last', '-o', file);
	assert.equal(again.exitCode, 2);
	assert.match(again.stderr, /is there already/);
	assert.equal((await run('report', 'last', '-o', file, '--force')).exitCode, 0);
});

test('what was written is noted in the audit trail with how much was redacted in it, a preview is not', async t => {
	const {run, root} = place(t);
	const noted = async (): Promise<Record<string, unknown>[]> =>
		(await trail(run)).map(({kind, ref, detail}) => ({kind, ref, ...detail}));
	assert.equal((await run('report', threadId, '--preview')).exitCode, 0);
	assert.deepEqual(await noted(), []);

	const file = path.join(root, 'one.json');
	await run('report', threadId, '--mode', 'full', '-o', file);
	const {redactions} = (JSON.parse(fs.readFileSync(file, 'utf8')) as {closing: {redactions: Tally[]}}).closing;
	const count = redactions.reduce((sum, {values, replaced}) => sum + values + replaced, 0);
	assert.ok(count > 3, String(count));
	await run('report', '--mode', 'usage');
	const [one, all, ...others] = await noted();
	assert.deepEqual(one, {kind: 'export', ref: threadId, format: 'json', mode: 'full', sessions: 1, redactions: count});
	assert.deepEqual(
		{...all, redactions: 0},
		{kind: 'export', ref: null, format: 'md', mode: 'usage', sessions: 2, redactions: 0},
	);
	assert.deepEqual(others, []);

	await run('group', threadId, '-o', path.join(root, 'one.txt'));
	const last = (await noted()).at(-1);
	assert.deepEqual(
		{...last, redactions: 0},
		{kind: 'export', ref: threadId, format: 'text', mode: 'group', sessions: 1, redactions: 0},
	);
	const placeholders = fs.readFileSync(path.join(root, 'one.txt'), 'utf8').match(/\[REDACTED:[^\]]+\]/g);
	assert.ok(placeholders !== null);
	assert.equal(last?.['redactions'], new Set(placeholders).size);
	await run('report', '-o', file);
	assert.equal((await noted()).length, 3, 'what was refused is no export');
});

type Tally = {values: number; replaced: number};
type Entry = {kind: string; ref: string | null; detail: Record<string, unknown>};

const trail = async (run: ReturnType<typeof place>['run']): Promise<Entry[]> =>
	(JSON.parse((await run('redactions', 'audit', '--json')).stdout) as {entries: Entry[]}).entries;

test('a preview is the beginning of the report, of several files that of each', async t => {
	const {run} = place(t);
	const whole = await run('report', threadId, '--mode', 'full', '--reproducible');
	assert.equal((await run('report', threadId, '--mode', 'full', '--reproducible', '--preview')).stdout, whole.stdout);
	const tables = await run('report', threadId, '--format', 'csv', '--preview');
	assert.equal(tables.exitCode, 0);
	assert.match(tables.stdout, /^== sessions\.csv ==\n/m);
	assert.match(tables.stdout, /^== about\.csv ==\n/m);
	const both = await run('report', threadId, '--preview', '-o', 'file.md');
	assert.deepEqual(
		[both.exitCode, both.stderr],
		[2, 'A preview goes to standard output. Leave out --preview or -o.\n'],
	);
});

test('a long report is cut in its preview after a line', async () => {
	let rendered = 0;
	const pieces = async function* () {
		for (const line of ['first\n', `${'x'.repeat(99)}\n`.repeat(3000), 'never reached\n', 'nor this\n']) {
			rendered++;
			yield line;
		}
	};
	const text = await beginningOf(pieces(), piece => ({file: undefined, text: piece}));
	assert.equal(text.length, 6 + 1999 * 100);
	assert.ok(text.startsWith('first\nx') && text.endsWith('x\n'));
	assert.equal(rendered, 2);
});

test('wrong flags are sentences, before anything is read', async t => {
	const {run} = place(t);
	for (const [args, words] of [
		[['--mode', 'al'], /^The flag --mode does not know "al"\./],
		[['--format', 'pdf'], /^The flag --format does not know "pdf"\./],
		[['--cap', '0'], /^The flag --cap needs a whole number of characters, or none/],
		[['--since', 'soon'], /^The flag --since needs a day/],
		[['--since', '2026-02-02', '--until', '2026-02-01'], /^No day lies from 2026-02-02/],
	] as const) {
		const {exitCode, stderr} = await run('report', ...args);
		assert.equal(exitCode, 2, args.join(' '));
		assert.match(stderr, words);
	}
});

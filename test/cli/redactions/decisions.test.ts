import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import Database from 'better-sqlite3';
import {annotationsPath} from '../../../source/store/sqlite/database.js';
import {event, item, meta, threadId} from '../../helpers/rollout.js';
import {fromRecipe} from '../../helpers/secret-samples.js';
import {emptyPlace} from './run-redactions.js';

const schema = JSON.parse(fs.readFileSync(new URL('../../../docs/json.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv.default({strict: true, allowUnionTypes: true, allErrors: true});
const validate = ajv.compile(schema);

const keeper = 'Ines Quay';
const pat = fromRecipe('ghp_<A36>');
const secondId = threadId.replace(/1$/, '2');
const forkId = threadId.replace(/1$/, '3');

/** Two sessions that name the same person, and a fork of the first. */
const rollout = (id: string, more: object = {}): string =>
	`${[
		meta({id, ...more}),
		event('user_message', {message: `Ask ${keeper} about berth ${id.slice(-1)}`}, 1),
		item(
			{
				type: 'function_call',
				name: 'shell',
				arguments: JSON.stringify({command: ['bash', '-lc', `mail "${keeper}"`]}),
				call_id: 'c1',
			},
			2,
		),
		item({type: 'function_call_output', call_id: 'c1', output: `sent to ${keeper} with ${pat}\n${keeper} is away`}, 3),
	].join('\n')}\n`;

const placeWithLogs = (t: TestContext) => {
	const place = emptyPlace(t);
	const write = (id: string, text: string): void =>
		void place.write(`logs/rollout-2026-02-03T10-00-00-${id}.jsonl`, text);
	write(threadId, rollout(threadId));
	write(secondId, rollout(secondId));
	write(forkId, rollout(forkId, {forked_from_id: threadId}));
	const where = ['--sessions', path.join(place.root, 'logs')];
	return {
		...place,
		write,
		database: path.join(place.root, 'data', 'codex-tui.db'),
		/** Runs an action of `redactions` on these logs; answers what it printed. */
		async redactions(args: readonly string[], input?: string) {
			return place.run([...args, ...where], input === undefined ? [] : [input]);
		},
		/** What a command prints of a session. */
		async shown(args: readonly string[]): Promise<string> {
			const {stdout, exitCode, stderr} = await place.command([...args, ...where]);
			assert.equal(exitCode, 0, stderr);
			return stdout;
		},
		command: (args: readonly string[]) => place.command([...args, ...where]),
	};
};

const because = ['--reason', 'a private person'];

test('a text that was decided about is in nothing that commands print, forks and search included', async t => {
	const place = placeWithLogs(t);
	assert.ok((await place.shown(['show', threadId])).includes(keeper));
	const added = await place.redactions(['add', threadId, '-', ...because], `${keeper}\n`);
	assert.equal(added.stdout, 'Decision 1: redacted in this session, where it stands at 6 places.\n');
	assert.equal(added.stderr, '', 'no word about the history of the shell');
	for (const id of [threadId, forkId]) {
		for (const args of [
			['show', id],
			['show', id, '--json'],
			['group', id],
		]) {
			const out = await place.shown(args);
			assert.ok(!out.includes(keeper) && out.includes('[REDACTED:manual#1]'), args.join(' '));
		}
	}

	assert.ok((await place.shown(['show', secondId])).includes(keeper));
	const hits = JSON.parse(await place.shown(['search', 'away', '--json'])) as {
		hits: {session: string; snippet: {text: string}}[];
	};
	const found = hits.hits.map(({snippet}) => snippet.text.includes(keeper));
	assert.deepEqual(found.toSorted(), [false, false, true]);
	const titles = await place.shown(['sessions', '--json']);
	assert.equal(titles.split(keeper).length, 2, 'the one session that it was not decided in');
	const scanned = await place.redactions(['scan', threadId, '--secrets-only']);
	assert.equal(scanned.exitCode, 3);
	assert.match(scanned.stdout, /output +manual +high +2\n/);
});

test('a text given on the command line comes with a hint, and everywhere reaches pipes and files', async t => {
	const place = placeWithLogs(t);
	assert.equal((await place.redactions(['filter'], `ask ${keeper}`)).stdout, `ask ${keeper}`);
	const added = await place.redactions([
		'add',
		threadId,
		keeper,
		'--scope',
		'everywhere',
		'--replacement',
		'N. N.',
		...because,
	]);
	assert.match(added.stdout, /^Decision 1: redacted everywhere; in this session it stands at 6 places\.\n$/);
	assert.match(added.stderr, /history of your shell/);
	assert.equal((await place.redactions(['filter'], `ask ${keeper}`)).stdout, 'ask N. N.');
	assert.equal((await place.redactions(['filter', '--json'], JSON.stringify(`ask ${keeper}`))).stdout, '"ask N. N."\n');
	const file = path.join(place.root, 'note.txt');
	fs.writeFileSync(file, `ask ${keeper}`);
	assert.equal((await place.redactions(['scan', file])).exitCode, 3);
	assert.ok(!(await place.shown(['show', secondId])).includes(keeper));
	fs.rmSync(path.join(place.root, 'data', 'codex-tui.key'));
	for (const run of [place.redactions(['filter'], 'x'), place.command(['show', secondId])]) {
		const {exitCode, stdout, stderr} = await run;
		assert.deepEqual([exitCode, stdout], [1, '']);
		assert.match(stderr, /codex-tui\.key cannot be read/);
	}

	const listed = await place.redactions(['list']);
	assert.match(listed.stderr, /cannot be read/);
	assert.match(listed.stdout, /\n +1 +redact +everywhere .*…\n/);
});

test('what a rule finds wrongly is shown where a person allows it', async t => {
	const place = placeWithLogs(t);
	const added = await place.redactions(
		['add', threadId, '-', '--allow', '--line', '3', '--reason', 'it is revoked'],
		pat,
	);
	assert.equal(added.stdout, 'Decision 1: allowed at this place.\n');
	assert.ok((await place.shown(['show', threadId, '--json'])).includes(pat));
	assert.ok(!(await place.shown(['show', secondId, '--json'])).includes(pat));
	const {decisions} = JSON.parse((await place.redactions(['list', '--json'])).stdout) as {
		decisions: Record<string, unknown>[];
	};
	const [{rule, field, line, scope, action} = {}] = decisions;
	assert.deepEqual([rule, field, line, scope, action], ['github-pat', 'output', 3, 'place', 'allow']);
});

test('list tells who, why and when, but not what, and reasons are redacted', async t => {
	const place = placeWithLogs(t);
	const refused = await place.redactions(['add', threadId, '-', '--reason', `it names ${keeper}`], keeper);
	assert.match(refused.stderr, /The reason holds the text/);
	await place.redactions(['add', threadId, '-', ...because], keeper);
	await place.redactions(['add', threadId, 'mail', '--reason', `written to ${keeper}`]);
	const {stdout} = await place.redactions(['list', '--json']);
	const json = JSON.parse(stdout) as {decisions: Record<string, unknown>[]};
	assert.equal(validate(json), true, ajv.errorsText(validate.errors));
	assert.ok(!stdout.includes(keeper));
	const [decision] = json.decisions;
	assert.ok(decision);
	assert.equal(decision['reason'], 'a private person');
	assert.equal(json.decisions[1]?.['reason'], 'written to [REDACTED:manual#1]');
	assert.equal(decision['sessionId'], threadId);
	assert.equal(decision['orphaned'], false);
	const table = await place.redactions(['list']);
	assert.match(
		table.stdout,
		/^ +Decision +Action .*\n +1 +redact +session +\S+1 .* a private person\n.*manual#1\]\n\n +Rule /,
	);
});

test('a place that is gone stops writing its session to a file until a person says so', async t => {
	const place = placeWithLogs(t);
	const added = await place.redactions(['add', threadId, '-', '--line', '2', '--field', 'text', ...because], keeper);
	assert.equal(added.stdout, 'Decision 1: redacted at this place.\n', added.stderr);
	const target = path.join(place.root, 'out.txt');
	assert.equal((await place.command(['group', threadId, '--output', target])).exitCode, 0);
	assert.ok(!fs.readFileSync(target, 'utf8').includes(`Ask ${keeper}`));
	assert.ok(fs.readFileSync(target, 'utf8').includes(`to ${keeper}`));
	fs.rmSync(target);
	// What the program kept of the earlier text would still be there.
	for (const name of fs.readdirSync(path.dirname(place.database)).filter(one => !/annotations|key/.test(one))) {
		fs.rmSync(path.join(path.dirname(place.database), name));
	}

	place.write(threadId, rollout(threadId).replace(`Ask ${keeper} about`, `${keeper}: what of`).replace(' 1"', ' one"'));
	const refused = await place.command(['group', threadId, '--output', target]);
	assert.equal(refused.exitCode, 1);
	assert.match(refused.stderr, /Decision 1 is about text that is not in this session any more/);
	assert.equal(fs.existsSync(target), false);
	const listed = await place.redactions(['list']);
	assert.match(listed.stdout, /1 +redact +place, gone /);
	assert.match(listed.stderr, /What decision 1 stood at is gone/);
	assert.equal((await place.redactions(['confirm', '1'])).exitCode, 0);
	assert.equal((await place.command(['group', threadId, '--output', target])).exitCode, 0);
	assert.match((await place.redactions(['list'])).stdout, /1 +redact +place {2}/);
});

test('decisions are removed and changes undone, all in a trail that notices tampering', async t => {
	const place = placeWithLogs(t);
	assert.equal((await place.redactions(['audit'])).stderr, 'The trail is empty.\n');
	for (const args of [['undo'], ['remove', '1'], ['confirm', '1']]) {
		assert.equal((await place.redactions(args)).exitCode, 1, args[0]);
	}

	await place.redactions(['add', threadId, '-', ...because], keeper);
	assert.equal((await place.redactions(['remove', '1'])).exitCode, 0);
	assert.ok((await place.shown(['show', threadId])).includes(keeper));
	assert.equal((await place.redactions(['undo'])).stdout, 'Decision 1 holds again.\n');
	assert.ok(!(await place.shown(['show', threadId])).includes(keeper));
	const bare = await place.command(['show', threadId, '--no-redact']);
	assert.ok(bare.stdout.includes(keeper));
	assert.equal((await place.redactions(['remove', 'x'])).exitCode, 2);
	const audit = await place.redactions(['audit', '--json']);
	const json = JSON.parse(audit.stdout) as {entries: {kind: string; detail: object}[]};
	assert.equal(validate(json), true, ajv.errorsText(validate.errors));
	assert.deepEqual(
		json.entries.map(({kind}) => kind),
		['add', 'remove', 'add', 'no-redact'],
	);
	assert.deepEqual(json.entries[3]?.detail, {command: 'show'});
	assert.ok(!audit.stdout.includes(keeper));
	assert.match(audit.stderr, /The trail is whole: 4 entries/);
	const db = new Database(annotationsPath(place.database));
	db.exec("drop trigger redaction_audit_keeps_entries; update redaction_audit set actor = 'nobody' where seq = 4");
	db.close();
	const broken = await place.redactions(['audit']);
	assert.equal(broken.exitCode, 1);
	assert.match(broken.stderr, /broken at entry 4: it was changed/);
});

test('what cannot be decided says why, and decides nothing', async t => {
	const place = placeWithLogs(t);
	const wrong: [string[], number, RegExp][] = [
		[['add', threadId, keeper], 2, /needs a reason/],
		[['add', threadId, ...because], 2, /What is it about/],
		[['add', threadId, keeper, 'and more', ...because], 2, /Put it in quotes/],
		[['add', threadId, keeper, '--scope', 'sesion', ...because], 2, /Did you mean session|Write place/],
		[['add', threadId, keeper, '--allow', '--replacement', 'x', ...because], 2, /Leave out/],
		[['add', threadId, 'Nobody Here', ...because], 1, /does not stand there/],
		[['add', threadId, keeper, '--scope', 'place', ...because], 2, /stands at \d places.*--line \d --field/],
		[['add', threadId, '--line', '99', ...because], 1, /no such text: line 99/],
		[['add', 'nothing', keeper, ...because], 1, /No session matches/],
	];
	for (const [args, exitCode, sentence] of wrong) {
		const result = await place.redactions(args);
		assert.equal(result.exitCode, exitCode, `${args.join(' ')}: ${result.stderr}`);
		assert.match(result.stderr, sentence);
	}

	assert.equal(fs.existsSync(annotationsPath(place.database)), false);
});

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import type {Store} from '../../source/store/store.js';
import {
	answeredTwice,
	askedTwice,
	event,
	item,
	legacyTurn,
	message,
	meta,
	rolloutOf,
	sampleRollouts,
	threadId,
	turnContext,
} from '../helpers/rollout.js';
import {all, Home, idOf, logName, onlySession, query, retold} from './home.js';

/** One log of every era, each on its day. */
const days = {
	'era A document': '2026-02-03',
	'era B bare lines': '2026-02-04',
	'era C legacy': '2026-02-05',
	'era C with turn markers': '2026-02-06',
	'era D paginated': '2026-02-07',
};

const homeOfEras = async (t: TestContext): Promise<{home: Home; store: Store}> => {
	const home = new Home(t);
	const samples = sampleRollouts();
	for (const [index, [era, day]] of Object.entries(days).entries()) {
		const log =
			era === 'era A document' ? `sessions/rollout-${day}-${idOf(index + 1)}.json` : logName(idOf(index + 1), day);
		home.write(log, retold(samples[era] as Buffer, idOf(index + 1), day), new Date(`${day}T12:00:00Z`));
	}

	const {failures, files} = await home.ingest();
	assert.deepEqual(failures, []);
	assert.deepEqual(
		files.map(({change, problems}) => ({change, problems})),
		files.map(() => ({change: 'new', problems: 0})),
	);
	return {home, store: await home.store()};
};

test('a session of every era has its title, prompts and counts', async t => {
	const {store} = await homeOfEras(t);
	const sessions = await store.listSessions({limit: 10});
	assert.deepEqual(
		sessions.map(({threadId: id, title, promptCount, toolCallCount, problemCount, archived}) => [
			id,
			title,
			promptCount,
			toolCallCount,
			problemCount,
			archived,
		]),
		[
			[idOf(5), '5: Which harbours have no table?', 2, 2, 0, false],
			[idOf(4), '4: Which harbours have no table?', 3, 3, 0, false],
			[idOf(3), '3: Which harbours have no table?', 2, 2, 0, false],
			[idOf(2), '2: Which harbours have no table?', 2, 1, 0, false],
			[idOf(1), '1: Which harbours have no table?', 2, 1, 0, false],
		],
	);
	assert.equal(sessions[0]?.startedAt, '2026-02-07T10:00:00.000Z');
	assert.deepEqual(await store.totals(), {
		sessions: 5,
		prompts: 11,
		files: 5,
		bytes: sessions.reduce((sum, session) => sum + session.bytes, 0),
		problems: 0,
	});
});

test('pages follow each other by cursor, whatever their size', async t => {
	const {store} = await homeOfEras(t);
	const whole = await store.listSessions({limit: 100});
	for (const limit of [1, 2, 3, 4, 5, 6]) {
		const pages = [];
		let last = await store.listSessions({limit});
		while (last.length > 0) {
			pages.push(...last);
			const {startedAt, id} = last.at(-1) as (typeof last)[number];
			last = await store.listSessions({limit, after: {startedAt: startedAt as string, id}});
		}

		assert.deepEqual(pages, whole, `pages of ${limit}`);
	}
});

test('sessions that began in the same millisecond are all on some page', async t => {
	const home = new Home(t);
	for (let n = 1; n <= 7; n++) {
		home.write(logName(idOf(n)), retold(rolloutOf([meta()]), idOf(n)));
	}

	await home.ingest();
	const store = await home.store();
	const seen: number[] = [];
	let page = await store.listSessions({limit: 2});
	while (page.length > 0) {
		seen.push(...page.map(({id}) => id));
		const {startedAt, id} = page.at(-1) as (typeof page)[number];
		page = await store.listSessions({limit: 2, after: {startedAt: startedAt as string, id}});
	}

	assert.equal(new Set(seen).size, 7);
	assert.equal(seen.length, 7);
});

test('every listed event can be had in full, in order, in one scope only', async t => {
	const {store} = await homeOfEras(t);
	for (const {id, threadId: thread} of await store.listSessions({limit: 10})) {
		const prompts = await store.listPrompts(id);
		const scopes = [
			{sessionId: id, promptId: 'prelude' as const},
			...prompts.map(({id: promptId}) => ({sessionId: id, promptId})),
		];
		const seen: number[] = [];
		for (const scope of scopes) {
			const ids = await store.eventIds(scope);
			seen.push(...ids);
			const rows = await store.listEvents(ids);
			assert.deepEqual(
				rows.map(row => row.id),
				ids,
			);
			for (const row of rows) {
				const detail = await store.event(row.id);
				assert.ok(detail, `${thread} ${row.id}`);
				assert.equal(detail.id, row.id);
				assert.equal(detail.lines[0], row.line);
				assert.equal(detail.event.kind, row.kind === 'prompt' ? 'message' : row.kind);
				assert.equal(detail.path.includes(thread), true);
			}
		}

		assert.equal(new Set(seen).size, seen.length, 'no event twice');
		assert.deepEqual(
			seen,
			seen.toSorted((a, b) => a - b),
		);
	}
});

test('a window of events is a slice of all of them', async t => {
	const {store} = await homeOfEras(t);
	const [session] = await store.listSessions({limit: 1});
	const [first] = await store.listPrompts(session?.id ?? 0);
	const ids = await store.eventIds({sessionId: session?.id ?? 0, promptId: first?.id ?? 0});
	const rows = await store.listEvents(ids);
	assert.deepEqual(await store.listEvents(ids.slice(1, 3)), rows.slice(1, 3));
	assert.deepEqual(await store.listEvents(ids.toReversed()), rows.toReversed());
	assert.deepEqual(await store.listEvents([]), []);
	assert.deepEqual(await store.listEvents([-1, 999_999_999_999]), []);
});

test('prelude and prompts hold every event once, in the order of the log', async t => {
	const {store} = await homeOfEras(t);
	for (const {id, promptCount} of await store.listSessions({limit: 10})) {
		const prompts = await all(store.prompts(id));
		assert.equal(prompts.length, promptCount);
		assert.deepEqual(
			prompts.map(({index}) => index),
			prompts.map((_, index) => index + 1),
		);
		const events = [...(await all(store.prelude(id))), ...prompts.flatMap(prompt => prompt.events)];
		const lines = events.map(({line}) => line);
		assert.deepEqual(
			lines,
			lines.toSorted((a, b) => a - b),
		);
		for (const [index, summary] of (await store.listPrompts(id)).entries()) {
			assert.equal(prompts[index]?.text, await store.promptText(summary.id));
			assert.equal(prompts[index]?.state, summary.state);
			const ids = await store.eventIds({sessionId: id, promptId: summary.id});
			assert.equal(prompts[index]?.events.length, ids.length - 1, 'all but the prompt itself');
		}
	}
});

test('one command is one event with its output, exit code and every line that records it', async t => {
	const {store} = await homeOfEras(t);
	for (const {id} of await store.listSessions({limit: 4})) {
		const calls = (await all(store.prompts(id))).flatMap(({events}) => events.filter(({kind}) => kind === 'tool-call'));
		assert.ok(calls.length > 0);
		for (const call of calls) {
			assert.ok(call.kind === 'tool-call' && call.output?.includes('brest.csv'), JSON.stringify(call));
			assert.equal(call.exitCode, 0);
			assert.equal(call.status, 'completed');
		}
	}
});

test('a session is found by id, unique beginning, path and last', async t => {
	const {home, store} = await homeOfEras(t);
	const found = async (reference: string): Promise<string[]> =>
		(await store.findSessions(reference)).map(session => session.threadId);
	assert.deepEqual(await found(idOf(3)), [idOf(3)]);
	assert.deepEqual(
		await found(idOf(3).slice(0, -1)),
		[1, 2, 3, 4, 5].map(n => idOf(n)),
	);
	assert.deepEqual(
		await found('0196c0de'),
		[1, 2, 3, 4, 5].map(n => idOf(n)),
	);
	assert.deepEqual(await found('last'), [idOf(5)]);
	assert.deepEqual(await found(home.path(logName(idOf(3), '2026-02-05'))), [idOf(3)]);
	assert.deepEqual(await found(path.relative('.', home.path(logName(idOf(3), '2026-02-05')))), [idOf(3)]);
	assert.deepEqual(await found(`${home.path(logName(idOf(3), '2026-02-05'))}.zst`), [idOf(3)]);
	assert.deepEqual(await found(`/elsewhere/${path.basename(logName(idOf(3), '2026-02-05'))}`), [idOf(3)]);
	fs.symlinkSync(home.path('sessions'), home.path('link'));
	assert.deepEqual(await found(home.path(logName(idOf(3), '2026-02-05').replace('sessions', 'link'))), [idOf(3)]);
	for (const nothing of ['ffff', 'Last', '%', '_', "'", '0196c0de-0000-7000-8000-0000000000001', '/nowhere/at.all']) {
		assert.deepEqual(await found(nothing), [], nothing);
	}
});

test('a unique beginning finds one of many', async t => {
	const home = new Home(t);
	const other = 'abcdef01-0000-7000-8000-000000000001';
	home.write(logName(idOf(1)), retold(rolloutOf([meta()]), idOf(1)));
	home.write(logName(other), retold(rolloutOf([meta()]), other));
	await home.ingest();
	const store = await home.store();
	assert.deepEqual(
		(await store.findSessions('abc')).map(session => session.threadId),
		[other],
	);
});

test('at most ten candidates, the exact one alone', async t => {
	const home = new Home(t);
	for (let n = 1; n <= 12; n++) {
		home.write(logName(idOf(n)), retold(rolloutOf([meta()]), idOf(n)));
	}

	await home.ingest();
	const store = await home.store();
	assert.equal((await store.findSessions('0196')).length, 10);
	assert.equal((await store.findSessions(idOf(12))).length, 1);
});

test('names come from session_index.jsonl, the last line for a thread wins', async t => {
	const home = new Home(t);
	home.write(logName(threadId), rolloutOf([meta(), ...askedTwice('tides')]));
	const index = (...names: string[]): string =>
		names.map(name => `${JSON.stringify({id: threadId, thread_name: name, updated_at: 'unknown'})}\n`).join('');
	home.write('session_index.jsonl', index('first', 'harbour  tables\nof Brittany'));
	await home.ingest();
	const title = async (): Promise<unknown> => {
		const {name, title: shown} = await onlySession(await home.store());
		return [name, shown];
	};

	assert.deepEqual(await title(), ['harbour  tables\nof Brittany', 'harbour tables of Brittany']);
	home.append('session_index.jsonl', index('renamed'));
	await home.ingest();
	assert.deepEqual(await title(), ['renamed', 'renamed']);
	home.append(logName(threadId), rolloutOf(answeredTwice('low', 5)));
	await home.ingest();
	assert.deepEqual(await title(), ['renamed', 'renamed'], 'still named after the log has grown');
});

test('a name that was there before the log', async t => {
	const home = new Home(t);
	home.write('session_index.jsonl', `${JSON.stringify({id: threadId, thread_name: 'early'})}\n`);
	await home.ingest();
	home.write(logName(threadId), rolloutOf([meta(), ...askedTwice('tides')]));
	await home.ingest();
	assert.equal((await onlySession(await home.store())).name, 'early');
});

test('a name that was taken away is gone', async t => {
	const home = new Home(t);
	home.write(logName(threadId), rolloutOf([meta(), ...askedTwice('tides')]));
	home.write('session_index.jsonl', `${JSON.stringify({id: threadId, thread_name: 'given'})}\n`);
	await home.ingest();
	home.append('session_index.jsonl', `${JSON.stringify({id: threadId, thread_name: ''})}\n`);
	await home.ingest();
	const {name, title} = await onlySession(await home.store());
	assert.deepEqual([name, title], [null, 'tides']);
});

test('what cannot be read is a problem with its place, its reason and its bytes', async t => {
	const home = new Home(t);
	const good = [meta(), ...askedTwice('tides')];
	const lines = [good[0] as string, 'no json at all', '{"cut', '[1,2]', good[1] as string, `${good[2] as string}}`];
	home.write(
		logName(threadId),
		Buffer.concat([rolloutOf(lines), Buffer.from([0xff, 0xfe, 0x0a]), Buffer.alloc(9), Buffer.from('\n')]),
	);
	await home.ingest();
	const store = await home.store();
	const {id, problemCount} = await onlySession(store);
	const offsets = lines.map((_, index) => lines.slice(0, index).join('\n').length + Number(index > 0));
	const end = lines.join('\n').length + 1;
	const problems = await all(store.problems(id));
	assert.deepEqual(
		problems.map(({path: file, ...problem}) => {
			assert.equal(file, home.path(logName(threadId)));
			return problem;
		}),
		[
			{line: 2, offset: offsets[1], length: 14, reason: 'not a JSON object'},
			{line: 3, offset: offsets[2], length: 5, reason: 'JSON object cut short or damaged'},
			{line: 4, offset: offsets[3], length: 5, reason: 'not a JSON object'},
			{line: 6, offset: (offsets[5] as number) + (good[2] as string).length, length: 1, reason: 'not a JSON object'},
			{line: 7, offset: end, length: 2, reason: 'not a JSON object'},
			{line: 8, offset: end + 3, length: 9, reason: 'NUL bytes'},
		],
	);
	assert.equal(problemCount, 6);
	assert.deepEqual(await all(store.problems()), problems);
	const [first] = query(home.database, 'select id from problems order by id');
	const detail = await store.event(first?.['id'] as number);
	assert.ok(detail?.event.kind === 'problem');
	assert.equal(detail.event.excerpt, 'no json at all');
});

test('every line is an event, a problem or blank', async t => {
	const home = new Home(t);
	const odd: Record<string, Buffer> = {
		'a byte order mark alone': Buffer.from(`\u{FEFF}\n${meta()}\n`),
		'a byte order mark and blanks': Buffer.from(`\u{FEFF} \r\n${meta()}\n`),
		'blanks of every sort': Buffer.from(`${meta()}\n \t\v\f\r\n\r\n\n`),
		'empty objects': rolloutOf([
			meta(),
			'{}',
			'{"type":null}',
			'{"payload":{}}',
			'{"type":"response_item","payload":[]}',
		]),
		'blanks without line end': Buffer.from(`${meta()}\n  `),
		'an empty file': Buffer.alloc(0),
		'only a line end': Buffer.from('\n'),
		'a record without line end': Buffer.from(meta()),
		'a torn record': Buffer.from(meta().slice(0, -5)),
	};
	for (const [index, bytes] of Object.values(odd).entries()) {
		home.write(logName(idOf(index + 1)), retold(bytes, idOf(index + 1)));
	}

	assert.deepEqual((await home.ingest()).failures, []);
	const store = await home.store();
	for (const [index, [title, bytes]] of Object.entries(odd).entries()) {
		await t.test(title, async () => {
			const [session] = await store.findSessions(idOf(index + 1));
			assert.ok(session);
			const [file] = await store.sourceFiles(session.id);
			const physical = bytes.length === 0 ? 0 : bytes.toString('latin1').replace(/\n$/, '').split('\n').length;
			assert.equal(file?.lines, physical, 'lines');
			const [recorded] = query(
				home.database,
				`select count(*) as count from (
					select line from events where file_id = (select id from files where path like '%${idOf(index + 1)}%')
					union select line from problems where file_id = (select id from files where path like '%${idOf(index + 1)}%')
				)`,
			);
			assert.equal((recorded?.['count'] as number) + (file?.blankLines ?? 0), physical, 'accounted for');
		});
	}
});

test('a log that tells no id is a session of its own, known by its file', async t => {
	const home = new Home(t);
	home.write('sessions/notes.jsonl', rolloutOf([turnContext(), ...askedTwice('tides')]));
	home.write('sessions/other.jsonl', rolloutOf([turnContext(), ...askedTwice('harbours')]));
	await home.ingest();
	const store = await home.store();
	assert.deepEqual((await store.listSessions({limit: 5})).map(({title}) => title).toSorted(), ['harbours', 'tides']);
	const [found] = await store.findSessions(home.path('sessions/notes.jsonl'));
	assert.equal(found?.title, 'tides');
});

test('instructions and environment blocks are no title', async t => {
	const home = new Home(t);
	home.write(
		logName(threadId),
		rolloutOf([
			meta(),
			item(message('user', '# AGENTS.md instructions for /home/mira\n\n<INSTRUCTIONS>\nbe brief\n</INSTRUCTIONS>')),
			item(message('user', '<environment_context>\n<cwd>/home/mira</cwd>\n</environment_context>')),
			event('user_message', {message: 'When is high water?'}, 3),
		]),
	);
	await home.ingest();
	const store = await home.store();
	const {id, title} = await onlySession(store);
	assert.equal(title, 'When is high water?');
	assert.equal((await store.listPrompts(id)).length, 1);
	assert.equal((await store.eventIds({sessionId: id, promptId: 'prelude'})).length, 3);
});

test('unchanged logs are not read again', async t => {
	const {home} = await homeOfEras(t);
	const again = await home.ingest();
	assert.equal(again.found, 5);
	assert.deepEqual(again.files, []);
	assert.equal(again.bytes, 0);
});

test('a limit takes the newest that changed, later runs the others', async t => {
	const home = new Home(t);
	for (let n = 1; n <= 4; n++) {
		home.write(
			logName(idOf(n), `2026-02-0${n}`),
			retold(rolloutOf([meta(), ...legacyTurn('a', 'b', 1, 1000)]), idOf(n), `2026-02-0${n}`),
		);
	}

	assert.deepEqual(
		(await home.ingest({limit: 3})).files.map(file => file.threadId),
		[idOf(4), idOf(3), idOf(2)],
	);
	assert.deepEqual(
		(await home.ingest({limit: 3})).files.map(file => file.threadId),
		[idOf(1)],
	);
	assert.deepEqual(
		(await (await home.store()).listSessions({limit: 9})).map(session => session.threadId),
		[4, 3, 2, 1].map(n => idOf(n)),
	);
});

import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {createDisclosure} from '../../source/disclose/disclosure.js';
import {type ShowOptions, showStore} from '../../source/disclose/show-store.js';
import type {ShownStore} from '../../source/disclose/shown.js';
import type {SessionId} from '../../source/model/session.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import type {Store} from '../../source/store/store.js';
import {createCanaries} from '../canary/canaries.js';
import {canaryFinder} from '../canary/find-canaries.js';
import {mainId, seededFiles} from '../canary/seeded-home.js';
import {answeredTwice, askedTwice, meta, rolloutOf} from '../helpers/rollout.js';
import {fromRecipe} from '../helpers/secret-samples.js';
import {all, Home, idOf, logName} from '../ingest/home.js';

const redactor = assembleRedactor();
const shownOf = (store: Store, options: Partial<ShowOptions> = {}): ShownStore =>
	showStore(store, {disclosure: createDisclosure(redactor), ...options});

/** Text of a value with all that maps and streams hold. */
const told = (value: unknown): string =>
	JSON.stringify(value, (_, one: unknown) => (one instanceof Map ? [...one] : one)) ?? '';

const sessionsOf = (store: ShownStore) => store.listSessions({limit: 10});

/** What each method of a store answers about every session. A new method needs a line here. */
const answers: Record<Exclude<keyof Store, 'annotations'>, ((store: ShownStore) => Promise<unknown>) | null> = {
	totals: store => store.totals(),
	usage: store => store.usage({}),
	listSessions: sessionsOf,
	session: async store => Promise.all((await sessionsOf(store)).map(({id}) => store.session(id))),
	findSessions: store => store.findSessions('0196c0de'),
	sourceFiles: async store => Promise.all((await sessionsOf(store)).map(({id}) => store.sourceFiles(id))),
	sessionOf: async store => Promise.all((await eventsOf(store)).map(id => store.sessionOf(id))),
	listPrompts: async store => Promise.all((await sessionsOf(store)).map(({id}) => store.listPrompts(id))),
	async promptText(store) {
		const prompts = await Promise.all((await sessionsOf(store)).map(({id}) => store.listPrompts(id)));
		return Promise.all(prompts.flat().map(({id}) => store.promptText(id)));
	},
	eventIds: store => eventsOf(store),
	async listEvents(store) {
		return Promise.all((await eventsOf(store)).map(id => store.listEvents([id])));
	},
	event: async store => Promise.all((await eventsOf(store)).map(id => store.event(id))),
	prelude: async store => Promise.all((await sessionsOf(store)).map(({id}) => all(store.prelude(id)))),
	prompts: async store => Promise.all((await sessionsOf(store)).map(({id}) => all(store.prompts(id)))),
	// Byte for byte, and so no method of what is shown.
	rawLines: null,
	problems: async store => [
		await all(store.problems()),
		...(await Promise.all((await sessionsOf(store)).map(({id}) => all(store.problems(id))))),
	],
	findings: async store => [
		await store.findings.counts(),
		...(await Promise.all((await sessionsOf(store)).map(({id}) => store.findings.of(id)))),
	],
	redactions: async store => [await store.redactions.list(), await all(store.redactions.audit())],
	health: store => store.health(),
	sizes: store => store.sizes({}),
	close: store => store.close(),
};

/** The same for annotations; what a person typed and gets back to use again is not redacted. */
const annotationAnswers: Record<string, ((store: ShownStore) => Promise<unknown>) | 'own words'> = {
	sessions: store => store.annotations.sessions(),
	notesInside: store => store.annotations.notesInside(),
	tags: store => store.annotations.tags(),
	inside: async store => Promise.all((await sessionsOf(store)).map(({id}) => store.annotations.inside(id))),
	tag: 'own words',
	noteSession: 'own words',
	notePrompt: 'own words',
	noteEvent: 'own words',
	dispose: 'own words',
	bookmark: 'own words',
	queries: 'own words',
	rememberQuery: 'own words',
	views: 'own words',
	saveView: 'own words',
	removeView: 'own words',
	watch: 'own words',
};

const eventsOf = async (store: ShownStore): Promise<number[]> => {
	const ids: number[] = [];
	for (const {id: sessionId} of await sessionsOf(store)) {
		const prompts = await store.listPrompts(sessionId);
		for (const promptId of ['prelude' as const, ...prompts.map(({id}) => id)]) {
			ids.push(...(await store.eventIds({sessionId, promptId})));
		}
	}

	return ids;
};

const seeded = async (t: TestContext) => {
	const home = new Home(t);
	const canaries = createCanaries();
	for (const {name, bytes} of seededFiles(canaries)) {
		home.write(name, bytes);
	}

	await home.ingest();
	const store = await home.store();
	const [session] = await store.findSessions(mainId);
	assert.ok(session);
	const [prompt] = await store.listPrompts(session.id);
	assert.ok(prompt);
	const secret = canaries.plant('annotations', 'ghp_<A36>');
	await store.annotations.tag([session.threadId], {add: [`tag-${secret}`], remove: []});
	await store.annotations.noteSession(session.threadId, `note ${secret}`);
	await store.annotations.notePrompt(prompt.id, `note ${secret}`);
	return {store, session, find: canaryFinder(canaries.values)};
};

test('every method of a store is told about here', async t => {
	const store = await new Home(t).store();
	assert.deepEqual(Reflect.ownKeys(store).toSorted(), [...Object.keys(answers), 'annotations'].toSorted());
	assert.deepEqual(Reflect.ownKeys(store.annotations).toSorted(), Object.keys(annotationAnswers).toSorted());
	assert.deepEqual(
		Reflect.ownKeys(shownOf(store)).toSorted(),
		[...Object.keys(answers).filter(name => name !== 'rawLines'), 'annotations', 'learn', 'digests'].toSorted(),
	);
});

test('no method answers with a value that was planted in a log, though the store itself does', async t => {
	const {store, find} = await seeded(t);
	const silent = new Set(['totals', 'sessionOf', 'eventIds', 'close', 'sizes', 'findings', 'redactions']);
	for (const [name, ask] of [...Object.entries(answers), ...Object.entries(annotationAnswers)]) {
		if (ask !== null && ask !== 'own words') {
			// Each begins with nothing known.
			const answer = told(await ask(name === 'close' ? {...shownOf(store), close: async () => {}} : shownOf(store)));
			assert.deepEqual(find(answer), [], name);
			if (!silent.has(name)) {
				assert.match(answer, /REDACTED/, name);
			}
		}
	}
});

test('a screen waits until a short session was looked through, and is told about a long one', async t => {
	const {store, session} = await seeded(t);
	const titlesOf = async (shown: ShownStore): Promise<string> =>
		(await shown.listPrompts(session.id)).map(({title}) => title).join('\n');
	const isHidden = /refuse \[REDACTED:[a-z-]+#\d+\] at night/;
	assert.match(await titlesOf(shownOf(store, {onLearned: () => {}, patienceMs: 60_000})), isHidden);

	const {promise, resolve} = Promise.withResolvers<SessionId>();
	const gate = Promise.withResolvers<void>();
	const slow: Store = {
		...store,
		findings: {
			...store.findings,
			lessons(rules) {
				const lessons = store.findings.lessons(rules);
				return {
					...lessons,
					async *prelude(id) {
						await gate.promise;
						yield* lessons.prelude(id);
					},
				};
			},
		},
	};
	const impatient = shownOf(slow, {onLearned: resolve, patienceMs: 0});
	assert.doesNotMatch(await titlesOf(impatient), isHidden);
	gate.resolve();
	assert.equal(await promise, session.id);
	assert.match(await titlesOf(impatient), isHidden);
});

test('what is revealed is shown as it is, and only that session', async t => {
	const {store, session, find} = await seeded(t);
	const shown = shownOf(store, {isRevealed: id => id === session.id, onLearned: () => {}});
	assert.ok(find(told(await all(shown.prompts(session.id)))).length > 20);
	const others = (await sessionsOf(shown)).filter(({id}) => id !== session.id);
	assert.ok(others.length > 1);
	for (const {id} of others) {
		assert.deepEqual(find(told(await all(shown.prompts(id)))), []);
	}
});

test('what leaves knows a session as it is now, though it has grown since it was looked through', async t => {
	const home = new Home(t);
	const bare = fromRecipe('<A28>', 3);
	const name = logName(idOf(1));
	home.write(
		name,
		rolloutOf([meta({id: idOf(1)}), ...askedTwice(`What is ${bare} for?`, 1), ...answeredTwice('A key.', 2)]),
	);
	await home.ingest();
	const store = await home.store();
	const shown = shownOf(store);
	const [session] = await sessionsOf(shown);
	assert.ok(session);
	const text = async (): Promise<string> => told(await all(shown.prompts(session.id)));
	assert.ok((await text()).includes(bare), 'nothing tells yet what it is');
	home.append(name, rolloutOf(answeredTwice(`Set API_SECRET=${bare} then.`, 3)));
	await home.ingest();
	assert.ok(!(await text()).includes(bare));
});

test('what cannot be looked through fails, and is tried again', async t => {
	const {store, session} = await seeded(t);
	let isBroken = true;
	const broken: Store = {
		...store,
		findings: {
			...store.findings,
			lessons(rules) {
				if (isBroken) {
					throw new Error('damaged');
				}

				return store.findings.lessons(rules);
			},
		},
	};
	const shown = shownOf(broken);
	await assert.rejects(shown.listPrompts(session.id), /damaged/);
	isBroken = false;
	assert.match(told(await shown.listPrompts(session.id)), /refuse \[REDACTED/);
});

test('the excerpt of a damaged line does not end within a token', async t => {
	const home = new Home(t);
	const token = fromRecipe('ghp_<A36>', 8);
	for (const shift of [1, 4, 12, 20, 36, 39]) {
		const id = idOf(100 + shift);
		const head = `{"broken": ${'"calm", '.repeat(600)}`.slice(0, 4096 - shift).replace(/.$/, ' ');
		home.write(
			logName(id),
			rolloutOf([meta({id}), ...askedTwice('Hello', 1), `${head}${token}" and ${'more '.repeat(100)}`]),
		);
	}

	await home.ingest();
	const shown = shownOf(await home.store());
	const find = canaryFinder(new Map([['token', token]]));
	const details = await Promise.all((await eventsOf(shown)).map(id => shown.event(id)));
	const excerpts = details.flatMap(detail => (detail?.event.kind === 'problem' ? [detail.event.excerpt] : []));
	assert.equal(excerpts.length, 6);
	for (const excerpt of excerpts) {
		assert.deepEqual(find(excerpt), []);
		assert.ok(!excerpt.includes('ghp_'));
	}
});

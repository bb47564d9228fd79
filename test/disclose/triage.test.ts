import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {createDisclosure} from '../../source/disclose/disclosure.js';
import {followDecisions} from '../../source/disclose/follow-decisions.js';
import {showStore} from '../../source/disclose/show-store.js';
import {createTriage} from '../../source/disclose/triage.js';
import {assembleRedactor} from '../../source/redact/assemble.js';
import {DecisionBook} from '../../source/redact/decisions.js';
import {
	answeredTwice,
	askedTwice,
	functionCall,
	functionOutput,
	item,
	meta,
	rolloutOf,
	threadId,
} from '../helpers/rollout.js';
import {fromRecipe} from '../helpers/secret-samples.js';
import {all, Home, logName, onlySession} from '../ingest/home.js';

const password = fromRecipe('Gull<A10>!', 3);
const token = fromRecipe('ghp_<A36>', 4);

/** A session whose password is named in a command only, and a token that is found wherever it stands. */
const opened = async (t: TestContext) => {
	const home = new Home(t);
	home.write(
		logName(threadId),
		rolloutOf([
			meta({git: {branch: 'main', repository_url: `https://kim:${token}@github.com/kim/tides.git`}}),
			...askedTwice(`Take ${password} to the north lighthouse`, 1),
			item(functionCall('exec_command', {cmd: `export PASSWORD='${password}'`}, 'call-1'), 2),
			item(functionOutput('call-1', `Process exited with code 0\nOutput:\ntoken ${token}\n`), 3),
			...answeredTwice('I went to the **north** lighthouse.', 4),
		]),
	);
	await home.ingest();
	const store = await home.store();
	const book = new DecisionBook();
	const disclosure = createDisclosure(assembleRedactor({decisions: book}));
	const triage = createTriage(store, disclosure, () => followDecisions(store.redactions, book, disclosure));
	const {id} = await onlySession(store);
	const shown = async (): Promise<string> => JSON.stringify(await all(showStore(store, {disclosure}).prompts(id)));
	const prompts = await store.listPrompts(id);
	const promptId = prompts[0]?.id ?? 0;
	return {store, triage, id, shown, promptId};
};

test('each value is found once, with how often it stands and where first, and never shown', async t => {
	const {triage, id} = await opened(t);
	const found = await triage.findings(id);
	const secrets = found.filter(({class: kind}) => kind === 'secret');
	assert.deepEqual(
		secrets.map(({ruleId, confidence, placeholder}) => [ruleId, confidence, placeholder]),
		[
			['github-pat', 'high', '[REDACTED:github-pat#1]'],
			['password', 'medium', '[REDACTED:password#1]'],
		],
	);
	assert.ok(secrets.every(({count, places}) => count >= 2 && places.length === count));
	assert.equal(secrets[0]?.places[0]?.field, 'git.repositoryUrl');
	assert.equal(secrets[1]?.places.at(-1)?.kind, 'tool-call');
	const told = JSON.stringify(found);
	assert.ok(!told.includes(token) && !told.includes(password));
});

test('a find that is none is shown from then on, and hidden again when that is taken back', async t => {
	const {triage, id, shown, store} = await opened(t);
	assert.ok(!(await shown()).includes(password));
	const found = await triage.findings(id);
	const key = found.find(({ruleId}) => ruleId === 'password')?.key ?? -1;
	const choice = {action: 'allow', scope: 'session', reason: 'Test data'} as const;
	assert.equal(await triage.decide(id, {what: 'finding', key}, choice), 1);
	assert.ok((await shown()).includes(password));
	const [row] = await store.redactions.list();
	assert.deepEqual(
		[row?.action, row?.scope, row?.threadId, row?.reason, row?.ruleId],
		['allow', 'session', threadId, 'Test data', 'password'],
	);
	await store.redactions.undo();
	await triage.decide(id, {what: 'selection', event: -1, text: 'nothing'}, choice);
	assert.ok(!(await shown()).includes(password));
});

test('what is selected on screen is redacted, across the marks that the screen does not show', async t => {
	const {triage, id, shown, store, promptId} = await opened(t);
	const events = await store.eventIds({sessionId: id, promptId});
	const answer = events.at(-1) ?? 0;
	const choice = {action: 'redact', scope: 'place', reason: 'Confidential', replacement: null} as const;
	assert.equal(await triage.decide(id, {what: 'selection', event: answer, text: 'the north lighthouse'}, choice), 1);
	const told = await shown();
	assert.ok(told.includes('I went to [REDACTED:manual#1].'));
	assert.ok(told.includes('to the north lighthouse'), 'the prompt keeps it');
	await triage.decide(
		id,
		{what: 'selection', event: promptId, text: 'north lighthouse'},
		{...choice, scope: 'session'},
	);
	assert.ok(!(await shown()).includes('north lighthouse'));
});

test('a whole event, and a whole prompt, can be redacted', async t => {
	const {triage, id, shown, store, promptId} = await opened(t);
	const choice = {action: 'redact', scope: 'place', reason: 'Confidential'} as const;
	const events = await store.eventIds({sessionId: id, promptId});
	await triage.decide(id, {what: 'event', event: events.at(-1) ?? 0}, choice);
	assert.ok(!(await shown()).includes('I went'));
	await triage.decide(id, {what: 'prompt', prompt: promptId}, choice);
	const told = await shown();
	assert.ok(!told.includes('Take') && !told.includes('export'), told);
});

test('an event is compared with what would leave of it, which is noted', async t => {
	const {triage, id, store, promptId} = await opened(t);
	await triage.findings(id);
	const [text] = await triage.compare(promptId);
	assert.equal(text?.field, 'prompt.text');
	assert.ok(text.before.includes(password));
	assert.equal(text.after, 'Take [REDACTED:password#1] to the north lighthouse');
	const entries = await all(store.redactions.audit());
	assert.deepEqual(
		entries.map(entry => entry.type === 'entry' && [entry.kind, entry.ref]),
		[['reveal', threadId]],
	);
});

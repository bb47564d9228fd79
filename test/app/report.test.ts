import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type MenuId, menuOf} from '../../source/app/menus.js';
import type {SessionSummary} from '../../source/model/session.js';
import {reportFormats} from '../../source/report/formats.js';
import {reportModes} from '../../source/report/request.js';
import {rowText} from '../../source/text/cells.js';
import {type Driven, driveExplorer} from '../helpers/drive-explorer.js';
import {threadOf} from '../helpers/fake-outside.js';
import {type FakeReporter, fakeReporter} from '../helpers/fake-reporter.js';
import {command, createMemoryStore, type MemorySession} from '../helpers/memory-store.js';

const session = (id: number, title: string, summary: Partial<SessionSummary> = {}): MemorySession => ({
	summary: {id, threadId: threadOf(id), ...summary},
	prompts: [
		{text: title, summary: {id: id * 1000}, events: [command('npm test', 'ok')]},
		{text: 'Is another agent there?', summary: {id: id * 1000 + 100, asker: 'agent'}},
		{text: 'Dry it', summary: {id: id * 1000 + 200}, events: [command('sleep 9', 'ok')]},
	],
});

const drive = async (...sessions: MemorySession[]): Promise<Driven & FakeReporter> => {
	const fake = fakeReporter();
	const store = createMemoryStore(...(sessions.length > 0 ? sessions : [session(1, 'Paint the hull')]));
	const driven = await driveExplorer({
		store,
		loadReporter: async () => fake.reporter,
		origin: async id => ({threadId: threadOf(id), cwd: null, paths: [`/logs/${id}.json`]}),
	});
	await driven.settle();
	return {...driven, ...fake};
};

const windowText = ({explorer}: Driven): string => {
	const {overlay} = explorer.screen();
	return [overlay?.heading ?? [], ...(overlay?.rows ?? [])].map(row => rowText(row)).join('\n');
};

const menuTitle = ({explorer}: Driven): string | undefined => explorer.screen().menu?.title;
const file = `~/reports/session-${threadOf(1).slice(0, 13)}.md`;

test('the form has the formats and modes of the command, in its order', () => {
	const values = (menu: MenuId): string[] => menuOf(menu, {ownThemes: []}).items.map(({value}) => value);
	assert.deepEqual(
		values('reportFormat'),
		reportFormats.map(({id}) => id),
	);
	assert.deepEqual(
		values('reportMode'),
		reportModes.map(({id}) => id),
	);
});

test('w asks what, as what, how much, shows the beginning, asks for a name and writes', async () => {
	const driven = await drive();
	const {press, asked, status} = driven;
	await press('w');
	assert.equal(menuTitle(driven), 'Report on');
	await press('enter');
	assert.equal(menuTitle(driven), 'Report as');
	await press('enter');
	assert.equal(menuTitle(driven), 'What the report tells');
	await press('enter');
	assert.match(menuTitle(driven) ?? '', /^How much of each output/);
	await press('enter');
	const wanted = {references: [threadOf(1)], hasAutomation: false, format: 'md', mode: 'actions', cap: '4000'};
	assert.deepEqual(asked.splice(0), [{asked: wanted, place: undefined}]);
	assert.match(windowText(driven), /^Preview of the report\n# A report as md\n\nwith \S*email#1/);

	await press('enter');
	assert.match(status(), new RegExp(`^ Write to: ${file}`));
	assert.deepEqual(asked, [], 'nothing is written yet');
	await press('enter');
	assert.deepEqual(asked.splice(0), [{asked: wanted, place: {file, replaces: false}}]);
	assert.match(status(), new RegExp(`Wrote ${file}: 1 session, 2 kB, 1 value redacted\\.`));
	assert.equal(driven.explorer.state().overlay, undefined);
});

test('a form begins with what was chosen last', async () => {
	const driven = await drive();
	await driven.press('w', '2', '3', '5', '1', 'escape');
	await driven.press('w', 'enter', 'enter', 'enter', 'enter');
	const [first, second] = driven.asked;
	assert.equal(first?.asked.references[0], `${threadOf(1)}#1`);
	assert.deepEqual(first?.asked, {...first?.asked, format: 'json', mode: 'full', cap: '1000'});
	assert.deepEqual(second, first);
});

test('of everything nothing is left out unless that is chosen, and what tells no outputs has no cap', async () => {
	const driven = await drive();
	await driven.press('w', 'enter', 'enter', '5', 'enter', 'escape');
	for (const mode of ['1', '2', '4']) {
		await driven.press('w', 'enter', 'enter', mode, 'escape');
	}

	assert.deepEqual(
		driven.asked.map(({asked: {mode, cap}}) => [mode, cap]),
		[
			['full', 'none'],
			['prompts', undefined],
			['answers', undefined],
			['usage', undefined],
		],
	);
});

test('another number of characters is typed', async () => {
	const driven = await drive();
	await driven.press('w', 'enter', 'enter', '3', '5', 'x', 'enter');
	assert.match(driven.status(), /Characters of each output: x.*Type a whole number/);
	await driven.press('backspace', '5', '0', '0', 'enter');
	assert.equal(driven.asked[0]?.asked.cap, '500');
	await driven.press('escape', 'w', 'enter', 'enter', 'enter', 'enter');
	assert.match(driven.status(), /Characters of each output: 500/, 'it is remembered as well');
	await driven.press('escape');
	assert.equal(driven.explorer.state().overlay, undefined);
});

test('the pane in focus says what is likely meant: a prompt by its number among those of a person, an event by its line', async () => {
	const driven = await drive();
	await driven.press('l', 'G', 'w', 'enter', 'enter', '1', 'escape');
	const other = await drive();
	await other.press('l', 'l', 'j', 'w', 'enter', 'enter', '1');
	assert.deepEqual(driven.asked[0]?.asked.references, [`${threadOf(1)}#2`]);
	assert.match(other.asked[0]?.asked.references[0] ?? '', new RegExp(`^${threadOf(1)}:\\d+$`));

	const agent = await drive();
	await agent.press('l', 'j', 'w', '2');
	assert.match(agent.status(), /No prompt of a person is selected/);
	assert.deepEqual(agent.asked, []);
});

const three = [
	session(1, 'Paint the hull'),
	session(2, 'Paint the mast'),
	session(3, 'Splice a rope', {threadId: 'file:old.json'}),
];

test('marked sessions, and all that the filter shows, are named one by one; a session without an id by its log', async () => {
	const driven = await drive(...three);
	await driven.press('w', '4');
	assert.match(driven.status(), /No session is marked/);
	await driven.press('space', 'space', 'w', 'enter', 'enter', '1', 'escape');
	assert.deepEqual(driven.asked[0]?.asked.references.toSorted(), ['/logs/3.json', threadOf(2)]);

	await driven.press('/', ...'paint', 'enter');
	await driven.press('w', '5', 'enter', '1');
	await driven.press('enter');
	assert.deepEqual(driven.asked[1]?.asked.references.toSorted(), [threadOf(1), threadOf(2)]);
	assert.match(driven.status(), /Write to: ~\/reports\/sessions-2026-03-05\.md/);
});

test('without a filter every session is told, those of automation where the list has them', async () => {
	const driven = await drive(...three);
	await driven.press('w', '5', '4', '1', 'escape', 'a', 'w', 'enter', 'enter', 'enter');
	assert.deepEqual(
		driven.asked.map(({asked}) => [asked.references, asked.hasAutomation]),
		[
			[[], false],
			[[], true],
		],
	);
	await driven.press('enter');
	assert.match(driven.status(), /sessions-2026-03-05-csv/);
});

const toPreview = ['w', 'enter', 'enter', '1'];

test('what is there already is replaced only when that is said', async () => {
	const driven = await drive();
	driven.files.add(file);
	await driven.press(...toPreview);
	await driven.press('enter', 'enter');
	assert.equal(menuTitle(driven), 'Something of that name is there already');
	await driven.press('enter');
	assert.match(driven.status(), /Write to: /, 'another name is the first choice');
	await driven.press('enter');
	await driven.press('escape');
	assert.match(driven.status(), /Write to: /);
	await driven.press('enter');
	await driven.press('2');
	const written = driven.asked.flatMap(({place}) => place ?? []);
	assert.deepEqual(written, [{file, replaces: true}]);
});

test('the name is edited, none is refused, and leaving it leads back to the preview', async () => {
	const driven = await drive();
	await driven.press(...toPreview);
	await driven.press('enter', 'ctrl-u', 'enter');
	assert.match(driven.status(), /A report needs a file/);
	await driven.press('escape');
	assert.match(windowText(driven), /^Preview of the report/);
	await driven.press('w', 'ctrl-u', ...'a.md', 'enter');
	assert.deepEqual(driven.asked.at(-1)?.place, {file: 'a.md', replaces: false});
});

test('Esc cancels a preview, and a report that is being written; what comes later changes nothing', async () => {
	const driven = await drive();
	let release = driven.hold();
	await driven.press(...toPreview);
	assert.match(windowText(driven), /Looking through what is to be told/);
	assert.match(driven.status(), /Making the preview… Esc cancels it\./);
	await driven.press('enter');
	assert.match(windowText(driven), /^Preview/, 'there is nothing to write yet');
	await driven.press('escape');
	release();
	await driven.settle();
	assert.equal(driven.explorer.state().overlay, undefined);

	await driven.press(...toPreview);
	release = driven.hold();
	await driven.press('enter', 'enter');
	assert.match(driven.status(), /Writing the report… Esc cancels it\./);
	await driven.press('j');
	assert.match(driven.status(), /Writing the report… Esc cancels it\./, 'also after another key');
	await driven.press('escape');
	assert.match(driven.status(), /Cancelling/);
	release();
	await driven.settle();
	assert.match(driven.status(), /Cancelled: no report was written\./);
	assert.equal(driven.files.size, 0);
});

test('quitting ends what is being made', async () => {
	const fake = fakeReporter();
	let signal: AbortSignal | undefined;
	const driven = await driveExplorer({
		loadReporter: async () => ({
			...fake.reporter,
			async preview(asked, given) {
				signal = given;
				return fake.reporter.preview(asked, given);
			},
		}),
	});
	fake.hold();
	await driven.press(...toPreview);
	assert.equal(signal?.aborted, false);
	await driven.press('ctrl-c');
	assert.equal(signal?.aborted, true);
});

test('a failure is a sentence in the status line, finds are a window; the name can be tried again', async () => {
	const driven = await drive();
	driven.answerNext({isDone: false, text: 'No session fits what was asked for.'});
	await driven.press(...toPreview);
	assert.match(driven.status(), /No session fits what was asked for\./);
	assert.equal(driven.explorer.state().overlay, undefined);

	await driven.press(...toPreview);
	driven.answerNext({isDone: false, text: 'a.md cannot be written (ENOENT).'});
	await driven.press('enter', 'enter');
	assert.match(driven.status(), /a\.md cannot be written/);
	assert.match(windowText(driven), /^Preview of the report\n# A report/);

	driven.answerNext({isDone: false, text: 'Nothing was written: it held a secret.\n  line 12: github-pat'});
	await driven.press('enter', 'enter');
	assert.match(
		windowText(driven),
		/^No report was written\nNothing was written: it held a secret\.\n {2}line 12: github-pat$/,
	);
	await driven.press('enter');
	assert.match(windowText(driven), /^No report/, 'there is nothing to write');
	await driven.press('escape');
	assert.equal(driven.explorer.state().overlay, undefined);
});

test('where no reports can be made, that is said', async () => {
	const driven = await driveExplorer();
	await driven.press('w');
	assert.match(driven.status(), /No reports can be made here/);
});

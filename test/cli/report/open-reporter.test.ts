import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import type {ReportAsked} from '../../../source/app/reporter.js';
import {openReporter} from '../../../source/cli/report/open-reporter.js';
import {temporaryFolder} from '../../ingest/home.js';

const asked: ReportAsked = {
	references: ['abc#2', '/logs/old.json'],
	hasAutomation: false,
	format: 'html',
	mode: 'full',
	cap: '500',
};

/** A reporter that runs a script in place of the program. */
const setUp = (t: TestContext, script: string) => {
	const folder = temporaryFolder(t);
	const program = path.join(folder, 'program.mjs');
	fs.writeFileSync(program, `import fs from 'node:fs';\nconst words = process.argv.slice(2);\n${script}`);
	const reportsDir = path.join(folder, 'data', 'reports');
	const reporter = openReporter({
		settings: {reportsDir, source: {home: path.join(folder, 'home')}},
		flags: ['--database=a b.db'],
		program: [process.execPath, program],
	});
	return {reporter, reportsDir, folder};
};

const never = new AbortController().signal;

test('a preview is what the command says, without a shell between', async t => {
	const {reporter, reportsDir} = setUp(t, 'console.log(JSON.stringify(words))');
	const {isDone, text} = await reporter.preview({...asked, references: ['a; exit 1', '$HOME']}, never);
	assert.ok(isDone);
	assert.deepEqual(JSON.parse(text), [
		'report',
		'a; exit 1',
		'$HOME',
		...['--format', 'html', '--mode', 'full', '--cap', '500', '--database=a b.db', '--preview'],
	]);
	assert.equal(fs.existsSync(reportsDir), false);
	const all = await reporter.preview({...asked, references: [], cap: undefined, hasAutomation: true}, never);
	assert.deepEqual(JSON.parse(all.text), [
		'report',
		...['--format', 'html', '--mode', 'full', '--automation', '--database=a b.db', '--preview'],
	]);
});

test('a name alone goes to the folder for reports, which is made for its owner; ~ is the home folder', async t => {
	const script = `fs.writeFileSync(words[words.indexOf('-o') + 1], words.join(' '));
		console.error('Another program is reading the logs just now: this is what it has read so far.');
		console.error('Wrote ' + words[words.indexOf('-o') + 1] + ': 2 sessions, 3 kB, 4 values redacted.');`;
	const {reporter, reportsDir, folder} = setUp(t, script);
	assert.equal(reporter.propose('a.html'), path.join(reportsDir, 'a.html'));
	assert.equal(await reporter.isThere('a.html'), false);
	const {isDone, text} = await reporter.write(asked, {file: 'a.html', replaces: false}, never);
	assert.ok(isDone);
	assert.equal(text, `Wrote a.html: 2 sessions, 3 kB, 4 values redacted, in ${reportsDir}.`);
	assert.equal(fs.statSync(reportsDir).mode & 0o777, 0o700);
	assert.doesNotMatch(fs.readFileSync(path.join(reportsDir, 'a.html'), 'utf8'), /--force/);
	assert.equal(await reporter.isThere('a.html'), true);

	await reporter.write(asked, {file: path.join(folder, 'b.html'), replaces: true}, never);
	assert.match(fs.readFileSync(path.join(folder, 'b.html'), 'utf8'), /^report abc#2 \/logs\/old\.json .*--force$/);
	assert.equal(await reporter.isThere('~'), fs.existsSync(os.homedir()));
});

test('what the command complains of comes back, what was found line by line', async t => {
	const leak = 'Nothing was written: the finished text held a secret.\n  line 12: github-pat';
	const note = 'Another program is reading the logs just now: this is what it has read so far.';
	const {reporter} = setUp(t, `console.error(${JSON.stringify(`${note}\n${leak}`)}); process.exitCode = 3;`);
	assert.deepEqual(await reporter.preview(asked, never), {isDone: false, text: leak});
	assert.deepEqual(await reporter.write(asked, {file: 'a.html', replaces: false}, never), {isDone: false, text: leak});

	const silent = setUp(t, 'process.exitCode = 1;');
	assert.match((await silent.reporter.preview(asked, never)).text, /ended before it was done/);
	const many = {...asked, references: Array.from({length: 100_000}, (_, index) => `thread-${index}`)};
	assert.match((await silent.reporter.preview(many, never)).text, /^100,000 sessions are more than a command takes/);
});

test('cancelling ends the program and leaves nothing of what it wrote', async t => {
	const script =
		"fs.writeFileSync(words[words.indexOf('-o') + 1] + '.' + process.pid + '.part', 'half'); setInterval(() => {}, 1000);";
	const {reporter, reportsDir} = setUp(t, script);
	const stop = new AbortController();
	const written = reporter.write(asked, {file: 'a.html', replaces: false}, stop.signal);
	while (!fs.existsSync(reportsDir) || fs.readdirSync(reportsDir).length === 0) {
		await sleep(10);
	}

	const [name = ''] = fs.readdirSync(reportsDir);
	stop.abort();
	assert.equal((await written).isDone, false);
	assert.deepEqual(fs.readdirSync(reportsDir), []);
	const pid = Number(/\.(\d+)\.part$/.exec(name)?.[1]);
	assert.ok(pid > 0);
	assert.throws(() => process.kill(pid, 0), /ESRCH/);
});

test('a folder for reports in the Codex home is refused', async t => {
	const folder = temporaryFolder(t);
	const home = path.join(folder, 'home');
	const reporter = openReporter({
		settings: {reportsDir: path.join(home, 'reports'), source: {home}},
		flags: [],
		program: [process.execPath, '-e', ''],
	});
	const {isDone, text} = await reporter.write(asked, {file: 'a.html', replaces: false}, never);
	assert.equal(isDone, false);
	assert.match(text, /would lie in the Codex home/);
	assert.equal(fs.existsSync(home), false);
});

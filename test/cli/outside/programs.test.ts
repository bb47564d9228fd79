import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import fc from 'fast-check';
import {refusesFiling, runFiling} from '../../../source/cli/outside/codex-program.js';
import {findProgram} from '../../../source/cli/outside/find-program.js';
import {isOpenElsewhere} from '../../../source/cli/outside/open-files.js';
import {readingCommand, readingProgram} from '../../../source/cli/outside/reading-program.js';
import {resumeLine, shellWord} from '../../../source/cli/outside/resume-line.js';
import {withTemporaryFiles} from '../../../source/cli/outside/temporary-files.js';
import {temporaryFolder} from '../../ingest/home.js';

const hasNoShell = process.platform === 'win32' && 'sh is a POSIX matter';

const program = (folder: string, name: string, text: string, mode = 0o755): string => {
	const file = path.join(folder, name);
	fs.mkdirSync(folder, {recursive: true});
	fs.writeFileSync(file, `#!/bin/sh\n${text}\n`, {mode});
	return file;
};

test('the line that resumes enters the folder, and names a home that Codex would not take by itself', () => {
	const hasNoProcesses = !fs.existsSync('/proc/self/fd') && 'only Linux tells which files are open';

	test('a file that another program has open is known, and not those that this one has', {
		skip: hasNoProcesses,
	}, async t => {
		const folder = temporaryFolder(t);
		const file = path.join(folder, 'log.jsonl');
		fs.writeFileSync(file, '');
		fs.symlinkSync(file, path.join(folder, 'link.jsonl'));
		const own = fs.openSync(file, 'r');
		assert.equal(isOpenElsewhere([file]), false);
		fs.closeSync(own);
		const child = spawn('/bin/sh', ['-c', 'exec 3>>"$1"; echo open; read -r end', 'sh', file], {
			stdio: ['pipe', 'pipe', 'ignore'],
		});
		t.after(() => child.kill());
		await once(child.stdout, 'data');
		assert.equal(isOpenElsewhere([path.join(folder, 'none'), file]), true);
		assert.equal(isOpenElsewhere([path.join(folder, 'link.jsonl')]), true, 'whatever it is called');
		assert.equal(isOpenElsewhere([path.join(folder, 'none')]), false);
		child.stdin.end('\n');
		await once(child, 'exit');
		assert.equal(isOpenElsewhere([file]), false);
	});

	const threadId = '0196c0de-0000-7000-8000-000000000001';
	const line = (cwd: string | null, home: string | null = null, platform: NodeJS.Platform = 'linux'): string =>
		resumeLine({threadId, cwd, home}, platform);
	assert.equal(line('/srv/boat'), `cd /srv/boat && codex resume ${threadId}`);
	assert.equal(line("/srv/mira's boat"), `cd '/srv/mira'\\''s boat' && codex resume ${threadId}`);
	assert.equal(line('-boat'), `cd -- -boat && codex resume ${threadId}`);
	assert.equal(line(null, '/mnt/old home'), `CODEX_HOME='/mnt/old home' codex resume ${threadId}`);
	assert.equal(line("C:\\Mira's boat", null, 'win32'), `cd 'C:\\Mira''s boat'; codex resume ${threadId}`);
});

test('any word comes out of a shell as it went in', {skip: hasNoShell}, () => {
	const words = fc.array(
		fc.string({unit: fc.constantFrom('a', "'", '"', ' ', '\n', '$', '`', '\\', '!', '*', '~', ';', '&', 'é')}),
		{minLength: 1, maxLength: 20},
	);
	fc.assert(
		fc.property(words, given => {
			const said = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${given.map(shellWord).join(' ')}`]).toString();
			assert.deepEqual(said.split('\0').slice(0, -1), given);
		}),
		{numRuns: 30},
	);
});

test('a program is found where a shell would find it, and never in the current folder', {skip: hasNoShell}, t => {
	const folder = temporaryFolder(t);
	const [one, two] = [path.join(folder, 'one'), path.join(folder, 'two')];
	program(one, 'codex', 'exit 0', 0o644);
	const file = program(two, 'codex', 'exit 0');
	fs.mkdirSync(path.join(folder, 'three', 'codex'), {recursive: true});
	const PATH = [path.join(folder, 'none'), '', '.', path.join(folder, 'three'), one, two].join(path.delimiter);
	assert.equal(findProgram('codex', {PATH}), file);
	assert.equal(findProgram('codex', {PATH: one}), undefined, 'not what cannot be run');
	assert.equal(findProgram('codex', {}), undefined);
});

test('texts are read in the editor, else in the pager, else in what is there', {skip: hasNoShell}, t => {
	const folder = temporaryFolder(t);
	program(folder, 'more', 'exit 0');
	const all = {VISUAL: 'code --wait', EDITOR: 'vi', PAGER: 'less -R', PATH: folder};
	assert.deepEqual(readingProgram(all), {line: 'code --wait', from: '$VISUAL'});
	assert.deepEqual(readingProgram({...all, VISUAL: ' '}), {line: 'vi', from: '$EDITOR'});
	assert.deepEqual(readingProgram({...all, VISUAL: '', EDITOR: undefined}), {line: 'less -R', from: '$PAGER'});
	assert.deepEqual(readingProgram({PATH: folder}), {line: 'more', from: 'your PATH'});
	assert.equal(readingProgram({PATH: ''}), undefined);

	const {command} = readingCommand({line: `printf '<%s>' --wait`, from: ''}, ["/tmp/it's one", '/tmp/$two'], 'linux');
	const [file = '', ...args] = command;
	assert.equal(execFileSync(file, args).toString(), "<--wait></tmp/it's one></tmp/$two>");
});

test('temporary files are for their owner, and gone afterwards whatever happened', async () => {
	const seen: string[] = [];
	await assert.rejects(
		withTemporaryFiles(async write => {
			const file = await write('event.txt', [Buffer.from('one '), Buffer.from('two')]);
			seen.push(file);
			assert.equal(fs.readFileSync(file, 'utf8'), 'one two');
			if (process.platform !== 'win32') {
				assert.equal(fs.statSync(file).mode & 0o777, 0o600);
				assert.equal(fs.statSync(path.dirname(file)).mode & 0o777, 0o700);
			}

			throw new Error('it went wrong');
		}),
		/it went wrong/,
	);
	assert.equal(seen.length, 1);
	assert.equal(fs.existsSync(path.dirname(seen[0] ?? '')), false);
});

const threadId = '0196c0de-0000-7000-8000-000000000001';

test('Codex is asked for its commands, and what it says of a failure is a sentence', {skip: hasNoShell}, async t => {
	const folder = temporaryFolder(t);
	const place = {env: {PATH: `${folder}${path.delimiter}/usr/bin${path.delimiter}/bin`}, cwd: folder};
	const calls = path.join(folder, 'calls');
	program(
		folder,
		'codex',
		[
			`echo "$*" >> '${calls}'`,
			'case "$*" in',
			'"archive --help"|"delete --help") echo "Words"; echo "Usage: codex $1 [OPTIONS] <SESSION>"; exit 0;;',
			'*"--help") printf "Codex\\n\\nUsage: codex [OPTIONS] [PROMPT]\\n"; exit 0;;',
			'"--version") echo "codex-cli 0.139.0"; exit 0;;',
			'"archive "*) exit 0;;',
			'esac',
			'printf "\\nError: thread \\033[31mnot found\\nmore\\n" >&2; exit 1',
		].join('\n'),
	);
	assert.equal(await refusesFiling('archive', place), undefined);
	assert.equal(
		await refusesFiling('unarchive', place),
		'codex-cli 0.139.0 cannot unarchive sessions; Codex 0.136 and later can.',
	);
	assert.equal(await runFiling('archive', {threadId}, place), undefined);
	const failed = await runFiling('delete', {threadId}, place);
	assert.match(failed ?? '', /^Codex did not delete it: thread .*not found$/);
	assert.doesNotMatch(failed ?? '', /\u001B/);
	assert.deepEqual(fs.readFileSync(calls, 'utf8').trim().split('\n'), [
		'archive --help',
		'unarchive --help',
		'--version',
		`archive ${threadId}`,
		`delete --force ${threadId}`,
	]);
});

test('without Codex that is what is said', async t => {
	const folder = temporaryFolder(t);
	const place = {env: {PATH: folder}, cwd: folder};
	assert.match((await refusesFiling('archive', place)) ?? '', /^There is no codex on your PATH\./);
});

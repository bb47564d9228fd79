import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {before, type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import pty from '@lydell/node-pty';
import {nodeComplaint} from '../../source/cli/node-version.js';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const program = path.join(dist, 'launch.js');

before(() => {
	assert.ok(fs.existsSync(program), 'build first: npm run build');
});

/** A folder to run in, with surroundings that keep off the person's own files. */
const place = (t: TestContext) => {
	const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-')));
	t.after(() => fs.rmSync(folder, {recursive: true, force: true}));
	fs.mkdirSync(path.join(folder, 'home'));
	const {CI: _ci, CODEX_TUI_DATABASE: _database, ...rest} = process.env;
	return {
		folder,
		env: {...rest, HOME: folder, CODEX_HOME: path.join(folder, 'home'), XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder},
	};
};

const run = (t: TestContext, args: string[]) => {
	const {folder, env} = place(t);
	const {status, stdout, stderr} = spawnSync(process.execPath, [program, ...args], {
		cwd: folder,
		env,
		encoding: 'utf8',
	});
	return {status, stdout, stderr, folder};
};

/** What the program writes to a terminal until it ends. */
const runInTerminal = (t: TestContext, args: string[]) => {
	const {folder, env} = place(t);
	const terminal = pty.spawn(process.execPath, [program, ...args], {cwd: folder, env, cols: 100, rows: 30});
	const {promise, resolve} = Promise.withResolvers<{exitCode: number; signal: number | undefined; written: string}>();
	let written = '';
	terminal.onData(data => {
		written += data;
	});
	terminal.onExit(({exitCode, signal}) => resolve({exitCode, signal, written}));
	const kill = setTimeout(() => terminal.kill('SIGKILL'), 20_000);
	t.after(() => clearTimeout(kill));
	return {terminal, ended: promise, written: () => written};
};

test('a Node that is too old gets a sentence', () => {
	for (const version of ['18.20.8', '20.20.2', '22.14.0']) {
		assert.match(nodeComplaint(version) ?? '', new RegExp(`needs Node 22\\.15 or newer, and this is Node ${version}`));
	}

	for (const version of ['22.15.0', '22.20.1', '24.0.0', '26.1.0']) {
		assert.equal(nodeComplaint(version), undefined);
	}
});

test('nothing native and no Ink loads before the version is checked', () => {
	const seen = new Set<string>();
	const visit = (file: string): void => {
		if (seen.has(file)) {
			return;
		}

		seen.add(file);
		const text = fs.readFileSync(path.join(dist, file), 'utf8');
		for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["']([^"']+)["']/g)) {
			if (name.startsWith('./')) {
				visit(path.basename(name));
			} else {
				assert.match(name, /^(?:node:)?(?:module|process|path|fs|url|os|tty)$/, `${file} imports ${name}`);
			}
		}
	};

	visit('launch.js');
	const bytes = [...seen].reduce((sum, file) => sum + fs.statSync(path.join(dist, file)).size, 0);
	assert.ok(bytes < 32_000, `${bytes} bytes load before the first byte on the screen`);
});

test('the explorer needs a terminal', t => {
	const {status, stdout, stderr} = run(t, []);
	assert.deepEqual({status, stdout}, {status: 2, stdout: ''});
	assert.match(stderr, /^The explorer needs a terminal to draw on\. .*\n$/);
});

test('commands work end to end, and make a private database', t => {
	const {status, stdout, stderr, folder} = run(t, ['sessions', '--json']);
	assert.deepEqual({status, stderr}, {status: 0, stderr: ''});
	assert.deepEqual(JSON.parse(stdout), {schema: 1, sessions: []});
	const data = process.platform === 'linux' ? path.join(folder, 'codex-tui') : undefined;
	if (data !== undefined) {
		assert.equal(fs.statSync(data).mode & 0o777, 0o700);
		assert.equal(fs.statSync(path.join(data, 'codex-tui.db')).mode & 0o777, 0o600);
	}
});

test('a reader that goes away is no failure', {skip: process.platform === 'win32'}, t => {
	const {folder, env} = place(t);
	const command = `"${process.execPath}" "${program}" --help | true; echo "\${PIPESTATUS[0]}"`;
	const {stdout, stderr} = spawnSync('bash', ['-c', command], {cwd: folder, env, encoding: 'utf8'});
	assert.deepEqual({stdout, stderr}, {stdout: '0\n', stderr: ''});
});

test('a mistake that shows after the screen was taken is told on the normal screen', async t => {
	const {exitCode, written} = await runInTerminal(t, ['--codex-home', 'gone']).ended;
	assert.equal(exitCode, 2);
	assert.match(written, /^\u001B\[\?1049h\u001B\[2J\u001B\[H\u001B\[\?25lcodex-tui/);
	assert.match(
		written,
		/\u001B\[\?25h\u001B\[\?1049lThere is nothing at .*gone \(from --codex-home\)\. Point to another [^\n]*\n$/,
	);
});

test('wrong use never takes the screen', async t => {
	const {exitCode, written} = await runInTerminal(t, ['--codex-hom', 'gone']).ended;
	assert.equal(exitCode, 2);
	assert.equal(written.trimEnd(), 'Unknown flag --codex-hom. Did you mean --codex-home?');
});

for (const delay of [0, 20, 100, 400]) {
	test(`a signal ${delay} ms after the first byte gives the terminal back`, {
		skip: process.platform === 'win32',
	}, async t => {
		const {terminal, ended, written} = runInTerminal(t, []);
		while (!written().includes('codex-tui')) {
			await new Promise(resolve => setTimeout(resolve, 1));
		}

		await new Promise(resolve => setTimeout(resolve, delay));
		terminal.kill('SIGTERM');
		const {written: all} = await ended;
		assert.ok(all.lastIndexOf('\u001B[?1049l') > all.lastIndexOf('\u001B[?1049h'), 'the screen was not left');
		assert.ok(all.lastIndexOf('\u001B[?25h') > all.lastIndexOf('\u001B[?25l'), 'the cursor is hidden');
	});
}

/** Tells on standard error which modules of the program are loaded, and which parts of Node that load more are looked at. */
const telling = `data:text/javascript,${encodeURIComponent(`
	import module from 'node:module';
	const require = module.createRequire('file:///');
	module.registerHooks({load(url, context, next) {
		process.stderr.write('loaded ' + url + '\\n');
		return next(url, context);
	}});
	for (const [object, name] of [[process, 'stdin'], [require('node:fs'), 'promises']]) {
		const {get} = Object.getOwnPropertyDescriptor(object, name);
		Object.defineProperty(object, name, {configurable: true, enumerable: true, get() {
			process.stderr.write('looked at ' + name + '\\n');
			return get.call(object);
		}});
	}
`)}`;

test('a command on known logs loads few modules, and no streams of Node that it has no use for', t => {
	const {folder, env} = place(t);
	fs.mkdirSync(path.join(folder, 'home/sessions'));
	const start = () =>
		spawnSync(process.execPath, ['--import', telling, program, 'ingest'], {cwd: folder, env, encoding: 'utf8'});
	assert.equal(start().status, 0);
	const {status, stderr} = start();
	assert.equal(status, 0);
	const loaded = stderr.split('\n').filter(line => line.startsWith('loaded ') && line.includes('/dist/'));
	assert.ok(loaded.length >= 2 && loaded.length <= 6, stderr);
	assert.doesNotMatch(stderr, /looked at/);
});

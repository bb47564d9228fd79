import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const isWindows = process.platform === 'win32';

/** npm as the person has it, with this Node for what it starts. */
const npm = (args: string[], cwd: string) =>
	run('npm', args, {cwd, shell: isWindows, env: {...process.env, npm_config_loglevel: 'error'}, maxBuffer: 2 ** 26});

let scratch = '';
let tarball = '';
let packed: string[] = [];

before(async () => {
	scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-package-'));
	// The build is there already: `npm test` made it.
	const {stdout} = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], root);
	const report = JSON.parse(stdout) as PackReport[] | Record<string, PackReport>;
	const [pack] = Object.values(report);
	assert.ok(pack);
	tarball = path.join(scratch, pack.filename);
	packed = pack.files.map(file => file.path);
});

type PackReport = {filename: string; files: {path: string}[]};

after(() => {
	fs.rmSync(scratch, {recursive: true, force: true});
});

test('the package holds the program, its migrations and examples, and nothing of ours', () => {
	const has = (start: string): boolean => packed.some(file => file.startsWith(start));
	for (const needed of [
		'dist/launch.js',
		'dist/',
		'source/store/sqlite/migrations/',
		'source/usage/prices.toml',
		'user/config.example.toml',
		'user/prices.example.toml',
		'user/redactions.example.yml',
		'README.md',
		'LICENSE',
		'CHANGELOG.md',
	]) {
		assert.ok(has(needed), `${needed} is missing`);
	}

	const allowed =
		/^(?:dist\/|source\/store\/sqlite\/migrations\/.*\.sql$|source\/usage\/prices\.toml$|user\/(?:README\.md|.*\.example\.[^/]*)$|(?:package\.json|README\.md|LICENSE|CHANGELOG\.md)$)/;
	assert.deepEqual(
		packed.filter(file => !allowed.test(file)),
		[],
	);
});

test('the package installs and runs from another folder', {timeout: 300_000}, async () => {
	const prefix = path.join(scratch, 'prefix');
	await npm(
		['install', '--global', '--prefix', prefix, '--prefer-offline', '--no-audit', '--no-fund', tarball],
		scratch,
	);
	const bin = path.join(prefix, isWindows ? 'codex-tui.cmd' : 'bin/codex-tui');
	const elsewhere = path.join(scratch, 'elsewhere');
	const home = path.join(scratch, 'codex-home');
	fs.mkdirSync(elsewhere);
	const threadId = writeLog(home);

	const env = {
		...process.env,
		CODEX_HOME: home,
		CODEX_TUI_DATABASE: path.join(scratch, 'data', 'codex-tui.db'),
		// The program runs on the Node that runs this test, as `env node` finds it.
		PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH']}`,
	};
	const start = (args: string[]) => run(bin, args, {cwd: elsewhere, env, shell: isWindows});
	const {version} = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
	assert.equal((await start(['--version'])).stdout.trim(), version);

	const {sessions} = JSON.parse((await start(['sessions', '--json'])).stdout);
	assert.deepEqual(
		sessions.map(({id, title}: {id: string; title: string}) => ({id, title})),
		[{id: threadId, title: 'Add a retry to the uploader'}],
	);
	assert.deepEqual(fs.readdirSync(elsewhere), []);
	assert.deepEqual(fs.readdirSync(home), ['sessions']);
});

/** A made-up log with one prompt. */
const writeLog = (home: string): string => {
	const id = '0196b1a0-0000-7000-8000-000000000001';
	const folder = path.join(home, 'sessions', '2026', '02', '03');
	const at = (second: number): string => `2026-02-03T10:11:${second}.000Z`;
	const line = (second: number, type: string, payload: object): string =>
		`${JSON.stringify({timestamp: at(second), type, payload})}\n`;
	fs.mkdirSync(folder, {recursive: true});
	fs.writeFileSync(
		path.join(folder, `rollout-2026-02-03T11-11-12-${id}.jsonl`),
		line(12, 'session_meta', {
			id,
			timestamp: at(12),
			cwd: '/home/dev/shop',
			originator: 'codex_cli_rs',
			cli_version: '0.98.0',
			source: 'cli',
		}) +
			line(13, 'event_msg', {type: 'user_message', message: 'Add a retry to the uploader', images: []}) +
			line(14, 'event_msg', {type: 'agent_message', message: 'Done.'}),
	);
	return id;
};

import assert from 'node:assert/strict';
import {execFile, execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {promisify} from 'node:util';
import {
	answeredTwice,
	askedTwice,
	customCall,
	customOutput,
	functionCall,
	functionOutput,
	item,
	meta,
	rolloutOf,
	tokenCount,
	turnContext,
	usage,
} from '../helpers/rollout.js';
import {idOf, logName} from '../ingest/home.js';
import {builtProgram, Place} from '../pty/program.js';

const run = promisify(execFile);

const readme = fs.readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** What stands below a heading, up to the next. */
const section = (heading: string): string => readme.split(/^## /m).find(part => part.startsWith(`${heading}\n`)) ?? '';

const lines = Array.from(section('For scripts').matchAll(/^```sh\n(.*?)^```/gms), ([, block = '']) =>
	block.trim().split('\n'),
).flat();

/** What a line must tell, by its command. */
const told: Record<string, string> = {
	sessions: idOf(1),
	show: 'npm test',
	search: 'tides.md',
	usage: '"gpt-5.2-codex"',
	group: 'npm test',
	report: 'Sell tide tables',
	raw: '"session_meta"',
	sizes: 'Sell tide tables',
	redactions: 'sent to [REDACTED:email#1]',
};

/** Why a line cannot be run here; false where it can. */
const trouble = (line: string): string | false => {
	if (process.platform === 'win32') {
		return 'these lines are for a POSIX shell';
	}

	try {
		execFileSync('jq', ['--version']);
		return false;
	} catch {
		return line.includes('jq') ? 'jq is not installed' : false;
	}
};

/** The session that the lines ask for: of yesterday, in a shop, about tide tables, with a command that failed. */
const log = (id: string): string => {
	const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
	const patch = '*** Begin Patch\n*** Add File: tides.md\n+tide tables of the shop\n*** End Patch';
	return rolloutOf([
		meta({id, cwd: '/home/me/shop', git: {branch: 'main'}}),
		turnContext({cwd: '/home/me/shop', model: 'gpt-5.2-codex'}, 1),
		...askedTwice('Sell tide tables in the shop', 2),
		item(functionCall('exec_command', {cmd: 'npm test'}, 'call-1'), 3),
		item(functionOutput('call-1', 'Wall time: 0.2 seconds\nProcess exited with code 1\nOutput:\nnot ok'), 4),
		item(customCall('apply_patch', patch, 'call-2'), 5),
		item(customOutput('call-2', '{"output":"Done","metadata":{"exit_code":0,"duration_seconds":0.1}}'), 6),
		tokenCount(usage(4000, 1000, 200), usage(4000, 1000, 200), 7),
		...answeredTwice('They are sold.', 8),
	])
		.toString('latin1')
		.replaceAll('2026-02-03', day);
};

/** A made-up home, and `codex-tui` as the shell finds it. */
const madeUp = async (t: TestContext): Promise<{cwd: string; env: NodeJS.ProcessEnv}> => {
	const place = new Place(t);
	place.write(logName(idOf(1), '2026-02-03'), Buffer.from(log(idOf(1)), 'latin1'));
	// Early releases did not say in which folder a session ran.
	place.write(
		logName(idOf(2), '2026-01-02'),
		rolloutOf([meta({id: idOf(2), cwd: null}), ...askedTwice('No folder', 1)]),
	);
	const cwd = path.join(place.folder, 'work');
	const programs = path.join(place.folder, 'bin');
	fs.mkdirSync(cwd);
	fs.mkdirSync(programs);
	fs.writeFileSync(path.join(cwd, 'server.log'), 'sent to kim@tideworks.dev\n');
	const command = `#!/bin/sh\nexec "${process.execPath}" "${await builtProgram()}" "$@"\n`;
	fs.writeFileSync(path.join(programs, 'codex-tui'), command, {mode: 0o755});
	const PATH = `${programs}${path.delimiter}${process.env['PATH']}`;
	return {cwd, env: {...process.env, ...place.env(), PATH}};
};

test('the README has lines for scripts', () => {
	assert.ok(lines.length > 5, 'the section "For scripts" has no blocks of lines any more');
});

for (const line of lines) {
	test(`as the README says: ${line}`, {skip: trouble(line)}, async t => {
		const {cwd, env} = await madeUp(t);
		const {stdout} = await run('bash', ['-c', `set -eo pipefail; ${line}`], {cwd, env});
		const [, file] = /(?:-o|>) (\S+)$/.exec(line) ?? [];
		const text = file === undefined ? stdout : fs.readFileSync(path.join(cwd, file), 'utf8');
		const words = told[/codex-tui (\w+)/.exec(line)?.[1] ?? ''];
		assert.ok(words !== undefined, 'this test does not know yet what the line should tell');
		assert.ok(text.includes(words), `does not tell ${words}:\n${text}`);
	});
}

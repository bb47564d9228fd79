import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {commandRows, commonFlags} from '../../../source/cli/command-table.js';
import {completionsFor} from '../../../source/cli/completions/completions-command.js';
import {groupings} from '../../../source/usage/group.js';
import {runCommand} from '../run-command.js';

const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;

const needs = (shell: string) => ({skip: isThere(shell) ? false : `${shell} is not installed`});

/** Writes a script and answers its path. */
const scriptFor = (t: TestContext, shell: string): string => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-'));
	t.after(() => fs.rmSync(folder, {recursive: true, force: true}));
	const file = path.join(folder, `codex-tui.${shell}`);
	fs.writeFileSync(file, completionsFor(shell));
	return file;
};

const run = (shell: string, args: readonly string[]): string => {
	const {status, stdout, stderr} = spawnSync(shell, args, {
		encoding: 'utf8',
		env: {...process.env, XDG_CONFIG_HOME: '/nonexistent', HOME: os.tmpdir()},
	});
	assert.equal(status, 0, stderr);
	return stdout;
};

/** What each of these beginnings of a command line is completed to; the last word is what stands at the cursor. */
const questions: [words: string[], answers: string[]][] = [
	[['us'], ['usage']],
	[['s'], ['sessions', 'show', 'search', 'sizes']],
	[['red'], ['redactions']],
	[
		['redactions', 'a'],
		['add', 'audit'],
	],
	[
		['redactions', 'scan', '--s'],
		['--secrets-only', '--sessions'],
	],
	[['show', 'la'], ['last']],
	[
		['usage', '--by', 'mo'],
		['month', 'model'],
	],
	[['sizes', '--by', 'se'], ['session']],
	[['--database', 'usage', 'search', '--order', 'b'], ['best']],
	[['completions', 'z'], ['zsh']],
	[['vacuum', '--h'], ['--help']],
];

test('bash completes commands, actions, flags and values', needs('bash'), t => {
	const file = scriptFor(t, 'bash');
	assert.match(run('bash', ['--norc', '-c', `source '${file}'; complete -p codex-tui`]), /-F _codex_tui codex-tui/);
	const ask = (words: readonly string[]): string[] => {
		const list = words.map(word => `'${word}'`).join(' ');
		const script = `source '${file}'; COMP_WORDS=(codex-tui ${list}); COMP_CWORD=${words.length}; _codex_tui; printf '%s\\n' "\${COMPREPLY[@]}"`;
		return run('bash', ['--norc', '-c', script]).split('\n').filter(Boolean);
	};

	for (const [words, answers] of questions) {
		assert.deepEqual(ask(words).toSorted(), answers.toSorted(), words.join(' '));
	}

	// bash takes = for a word of its own.
	assert.deepEqual(ask(['usage', '--by', '=', 'da']), ['day']);
	assert.deepEqual(ask(['usage', '--by', '=']), [...groupings]);
	assert.deepEqual(ask(['backup', 'x']), [], 'files are left to bash');
});

test('fish completes commands, actions, flags and values', needs('fish'), t => {
	const file = scriptFor(t, 'fish');
	for (const [words, answers] of questions) {
		const asked = run('fish', ['--no-config', '-c', `source '${file}'; complete -C 'codex-tui ${words.join(' ')}'`]);
		const found = asked
			.split('\n')
			.filter(Boolean)
			.map(line => line.split('\t')[0] ?? '');
		assert.deepEqual(found.toSorted(), answers.toSorted(), words.join(' '));
	}
});

test('zsh reads its script, and finds a function for every command', needs('zsh'), t => {
	const file = scriptFor(t, 'zsh');
	run('zsh', ['-f', '-n', file]);
	const names = commandRows.map(({name}) => `_codex-tui-${name.replace(' ', '-')}`);
	const script = `compdef() { print compdef $@ }; source '${file}'; whence -w ${names.join(' ')}`;
	assert.deepEqual(run('zsh', ['-f', '-c', script]).trim().split('\n'), [
		'compdef _codex-tui codex-tui',
		...names.map(name => `${name}: function`),
	]);
});

test('every command and flag is in the script of every shell', () => {
	for (const shell of ['bash', 'zsh', 'fish']) {
		const script = completionsFor(shell);
		for (const {name, flags} of commandRows) {
			assert.ok(script.includes(name.split(' ').at(-1) ?? name), `${shell}: ${name}`);
			for (const flag of [...flags, ...commonFlags]) {
				assert.ok(script.includes(shell === 'fish' ? `-l ${flag.name}` : `--${flag.name}`), `${shell}: --${flag.name}`);
			}
		}
	}
});

test('the values that are completed are those that there are', () => {
	const choices = (command: string, flag: string): readonly string[] | undefined =>
		commandRows.find(({name}) => name === command)?.flags.find(({name}) => name === flag)?.choices;
	assert.deepEqual(choices('usage', 'by'), groupings);
});

for (const [command, flag] of [
	['search', 'order'],
	['sizes', 'by'],
] as const) {
	test(`the values of ${command} --${flag} are those that it names itself`, async t => {
		const row = commandRows.find(({name}) => name === command)?.flags.find(({name}) => name === flag);
		const {stderr} = await runCommand(t, [command, ...(command === 'search' ? ['x'] : []), `--${flag}`, 'zzzzzz']);
		for (const choice of row?.choices ?? []) {
			assert.ok(stderr.includes(choice), stderr);
		}

		assert.ok((row?.choices?.length ?? 0) > 1);
	});
}

test('completions are printed without a home or a database, and other shells are told', async t => {
	const {exitCode, stdout} = await runCommand(t, ['completions', 'bash'], {hasHome: false});
	assert.deepEqual([exitCode, stdout], [0, completionsFor('bash')]);
	const wrong = await runCommand(t, ['completions', 'tcsh']);
	assert.deepEqual([wrong.exitCode, wrong.stderr], [2, 'No completions for "tcsh". There are bash, zsh, fish.\n']);
	const none = await runCommand(t, ['completions']);
	assert.match(none.stderr, /^Which shell\? Write codex-tui completions SHELL\.\n$/);
});

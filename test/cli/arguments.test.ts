import assert from 'node:assert/strict';
import {test} from 'node:test';
import {commandRows} from '../../source/cli/command-table.js';
import {asksForExplorer} from '../../source/cli/explorer-arguments.js';
import {runCommand} from './run-command.js';

const mistakes: [args: string[], sentence: string][] = [
	[['--jsn'], 'Unknown flag --jsn. See --help for those there are.'],
	[['sessions', '--jsn'], 'Unknown flag --jsn. Did you mean --json?'],
	[['--databse', 'x'], 'Unknown flag --databse. Did you mean --database?'],
	[['sesions'], 'Unknown command "sesions". Did you mean "sessions"?'],
	[
		['frobnicate'],
		`Unknown command "frobnicate". There are ${commandRows.map(({name}) => name).join(', ')}; see codex-tui --help.`,
	],
	[['show'], 'Which session? Write codex-tui show SESSION, for example codex-tui show last.'],
	[['sessions', 'last'], '"last" is one argument too many. See codex-tui sessions --help.'],
	[['show', 'last', 'x'], '"x" is one argument too many. See codex-tui show --help.'],
	[['sessions', '--database'], 'The flag --database needs a value. Write --database FILE.'],
	[['sessions', '--database='], 'The flag --database needs a value. Write --database FILE.'],
	[['sessions', '--database', '--json'], 'The flag --database needs a value. Write --database FILE.'],
	[['sessions', '--json=yes'], 'The flag --json takes no value. Write just --json.'],
	[['sessions', '--database', 'a', '--database', 'b'], 'The flag --database is given twice. Keep one.'],
	[['ingest', '--limit', 'many'], 'The flag --limit needs a whole number from 1 on, not "many".'],
	[['raw', 'last', '--line', '0'], 'The flag --line needs a whole number from 1 on, not "0".'],
	[[], 'The explorer needs a terminal to draw on. Run codex-tui in one, or use a command such as codex-tui sessions.'],
];

for (const [args, sentence] of mistakes) {
	test(`wrong use is one sentence and exit code 2: ${args.join(' ')}`, async t => {
		const {exitCode, stdout, stderr} = await runCommand(t, args);
		assert.deepEqual({exitCode, stdout, stderr}, {exitCode: 2, stdout: '', stderr: `${sentence}\n`});
	});
}

test('help and version go to standard output', async t => {
	const {stdout} = await runCommand(t, ['--help']);
	for (const {name} of commandRows) {
		assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
		const help = await runCommand(t, [name, '--help']);
		assert.equal(help.exitCode, 0);
		assert.match(help.stdout, new RegExp(`^  codex-tui ${name}`, 'm'));
		assert.match(help.stdout, /--codex-home FOLDER/);
	}

	assert.match((await runCommand(t, ['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('common flags may stand before the command', async t => {
	const {exitCode, requests} = await runCommand(t, ['--database', '~/x.db', 'sessions', '--json']);
	assert.equal(exitCode, 0);
	assert.match(requests[0]?.databasePath ?? '', /x\.db$/);
});

test('only faultless arguments without a command ask for the explorer', () => {
	for (const args of [[], ['--codex-home', 'x'], ['--sessions=x', '--database', 'y', '--config', 'z']]) {
		assert.equal(asksForExplorer(args), true, args.join(' '));
	}

	for (const args of [['--help'], ['-h'], ['--version'], ['sessions'], ['--codex-home'], ['--nonsense'], ['-x']]) {
		assert.equal(asksForExplorer(args), false, args.join(' '));
	}
});

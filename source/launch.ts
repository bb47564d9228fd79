#!/usr/bin/env node
// Starts the program. Only small, old-fashioned modules are imported here: a Node that is too old must get
// as far as the sentence that says so, and the explorer's first byte must not wait for Ink.
import module from 'node:module';
import process from 'node:process';
import {asksForExplorer, canDraw} from './cli/explorer-arguments.js';
import {nodeComplaint} from './cli/node-version.js';
import {type Screen, takeScreen} from './cli/take-screen.js';

const runExplorer = async (args: readonly string[], screen: Screen): Promise<number> => {
	try {
		const {openExplorer} = await import('./cli/open-explorer.js');
		return await openExplorer(args, screen);
	} catch (error) {
		screen.leave();
		const {explainFailure} = await import('./cli/explain-failure.js');
		const {words, exitCode} = await explainFailure(error);
		process.stderr.write(`${words}\n`);
		return exitCode;
	}
};

const complaint = nodeComplaint(process.versions.node);
if (complaint === undefined) {
	const args = process.argv.slice(2);
	const screen =
		asksForExplorer(args) && canDraw(process) ? takeScreen(process.stdin, process.stdout, 'codex-tui') : undefined;
	module.enableCompileCache?.();
	if (screen === undefined) {
		const {runCommand} = await import('./cli/run-command.js');
		// All is written and closed; left to end by itself, Node first clears memory that nobody needs any more, for a tenth of its start.
		process.exit(await runCommand(args));
	} else {
		process.exit(await runExplorer(args, screen));
	}
} else {
	process.stderr.write(`${complaint}\n`);
	process.exitCode = 2;
}

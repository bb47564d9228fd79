import type {Writable} from 'node:stream';
import type {PriceFolders} from '../config/read-prices.js';
import type {RuleFolders} from '../config/read-redaction-rules.js';
import {requireSource, resolveSettings, type Settings} from '../config/settings.js';
import {prepareDatabaseFolder} from '../config/writable-folders.js';
import {packageVersion} from '../files/package-root.js';
import {didYouMean} from '../model/did-you-mean.js';
import {UserError} from '../model/problem.js';
import {checkArguments} from './check-arguments.js';
import {type CommandRow, commandRows, commonFlags, explorerFlags, versionFlag} from './command-table.js';
import type {CommandContext} from './context.js';
import {explainFailure} from './explain-failure.js';
import {type IngestFlags, ingestCommand} from './ingest-command.js';
import {createOutlet} from './outlet.js';
import {isClosedPipe, Output} from './output.js';
import {type ParsedCommand, parseCommand} from './parse-command.js';
import type {Terminal} from './progress-line.js';
import {refresh} from './refresh.js';
import type {Services} from './services.js';

export type Surroundings = {
	/** A terminal knows its `columns`. */
	stdout: Writable & {columns?: number};
	stderr: Terminal;
	services: Services;
	/** Replaced in tests, which keep off the person's own files. */
	resolve?: typeof resolveSettings;
	priceFolders?: PriceFolders;
	ruleFolders?: RuleFolders;
	/** Asked for by what reads it only: Node takes a while to make it. */
	stdin?: () => AsyncIterable<Uint8Array>;
};

/** Runs everything but the explorer. Answers the exit code: 0 done, 1 failed, 2 wrong use, 3 found what should not be there. */
export const main = async (args: readonly string[], surroundings: Surroundings): Promise<number> => {
	const stdout = new Output(surroundings.stdout);
	const stderr = new Output(surroundings.stderr);
	// Write errors reach us through the writes themselves.
	surroundings.stdout.on('error', () => {});
	surroundings.stderr.on('error', () => {});
	try {
		const exitCode = await run(args, surroundings, stdout, stderr);
		await stdout.flush();
		await stderr.flush();
		return exitCode;
	} catch (error) {
		if (isClosedPipe(error)) {
			return 0;
		}

		await stdout.flush().catch(() => {});
		const {words, exitCode} = await explainFailure(error);
		await stderr.writeLine(words);
		await stderr.flush().catch(() => {});
		return exitCode;
	}
};

const run = async (args: readonly string[], surroundings: Surroundings, stdout: Output, stderr: Output) => {
	const {words, flags, firstWordAt} = checkArguments(args, [...commonFlags, ...explorerFlags, versionFlag], {
		stopAtWord: true,
	});
	const name = words[0];
	if (flags.has('version')) {
		await stdout.writeLine(packageVersion());
		return 0;
	}

	if (name === undefined) {
		if (flags.has('help')) {
			const {programHelp} = await import('./help.js');
			await stdout.write(programHelp());
			return 0;
		}

		throw new UserError(
			'The explorer needs a terminal to draw on. Run codex-tui in one, or use a command such as codex-tui sessions.',
		);
	}

	const next = args[firstWordAt + 1];
	const actions = actionsOf(name);
	if (
		actions.length > 0 &&
		!actions.includes(next ?? '') &&
		(flags.has('help') || next === '--help' || next === '-h')
	) {
		const {actionsHelp} = await import('./help.js');
		await stdout.write(actionsHelp(name));
		return 0;
	}

	const {row, words: taken} = commandNamed(name, next);
	const command = await parseCommand(row, [...args.slice(0, firstWordAt), ...args.slice(firstWordAt + taken)]);
	if (command.help !== undefined) {
		await stdout.write(command.help);
		return 0;
	}

	return runCommand(row, command, surroundings, stdout, stderr);
};

/** The row of a command, and how many words its name has. */
const commandNamed = (name: string, next: string | undefined): {row: CommandRow; words: number} => {
	const row = commandRows.find(candidate => candidate.name === name);
	if (row !== undefined) {
		return {row, words: 1};
	}

	const actions = actionsOf(name);
	if (actions.length === 0) {
		const known = commandRows.map(candidate => candidate.name);
		const firstWords = new Set(known.map(candidate => candidate.split(' ')[0] ?? ''));
		const hint = didYouMean(name, [...firstWords]) || ` There are ${known.join(', ')}; see codex-tui --help.`;
		throw new UserError(`Unknown command "${name}".${hint}`);
	}

	const withAction = commandRows.find(candidate => candidate.name === `${name} ${next}`);
	if (withAction !== undefined) {
		return {row: withAction, words: 2};
	}

	const list = `Write codex-tui ${name} ${actions.join(', ').replace(/, ([^,]+)$/, ' or $1')}; each knows --help.`;
	throw new UserError(
		next === undefined || next.startsWith('-')
			? `What about ${name}? ${list}`
			: `"${next}" is nothing that ${name} knows.${didYouMean(next, actions) || ` ${list}`}`,
	);
};

const actionsOf = (name: string): string[] =>
	commandRows.flatMap(row => (row.name.startsWith(`${name} `) ? row.name.slice(name.length + 1) : []));

const runCommand = async (
	{name}: CommandRow,
	{argument, rest, flags}: ParsedCommand,
	surroundings: Surroundings,
	stdout: Output,
	stderr: Output,
): Promise<number> => {
	const {
		services,
		resolve = resolveSettings,
		priceFolders,
		stdout: {columns},
		stderr: terminal,
	} = surroundings;
	if (name.startsWith('redactions ')) {
		const {redactionsCommand} = await import('./redactions/redactions-command.js');
		const words = argument === undefined ? [] : [argument, ...rest];
		return redactionsCommand(
			name.slice('redactions '.length),
			{words, flags},
			{...surroundings, stdout, stderr, terminal},
		);
	}

	if (name === 'completions') {
		const {completionsFor} = await import('./completions/completions-command.js');
		await stdout.write(completionsFor(argument ?? ''));
		return 0;
	}

	const settings: Settings = resolve(flags);
	const sizes = name === 'sizes' ? (await import('./sizes-command.js')).prepareSizes(flags) : undefined;
	const usage =
		name === 'usage' ? (await import('./usage-command.js')).prepareUsage(flags, new Date(), priceFolders) : undefined;
	const tag = name === 'tag' ? (await import('./tag-command.js')).prepareTag(rest) : undefined;
	const note = name === 'note' ? (await import('./note-command.js')).prepareNote(rest) : undefined;
	const search = name === 'search' ? (await import('./search-command.js')).prepareSearch(flags, new Date()) : undefined;
	const report =
		name === 'report'
			? (await import('./report/report-command.js')).prepareReport(
					argument === undefined ? [] : [argument, ...rest],
					flags,
					new Date(),
					priceFolders,
				)
			: undefined;
	if (name === 'ingest' && flags['session'] === undefined) {
		requireSource(settings);
	}

	prepareDatabaseFolder(settings);
	const outlet = createOutlet({
		services,
		ruleFolders: surroundings.ruleFolders,
		isUnredacted: flags['noRedact'] === true,
		command: name,
		stderr,
	});
	if (name === 'ingest') {
		const openStore = () => services.openStore(settings.databasePath);
		const {ruleFolders} = surroundings;
		const {show} = outlet;
		return ingestCommand(
			{stdout, stderr, openStore, show},
			settings,
			flags as IngestFlags,
			services.ingest,
			ruleFolders,
		);
	}

	if (name === 'doctor') {
		const {doctorCommand} = await import('./doctor-command.js');
		return doctorCommand(
			{
				stdout,
				stderr,
				services,
				outlet,
				databasePath: settings.databasePath,
				home: settings.codexHome,
				sqliteHome: settings.codexSqliteHome,
				refresh: ingest => refresh(settings, undefined, ingest, stderr),
			},
			{json: flags['json'] === true, repair: flags['repair'] === true},
		);
	}

	if (name === 'backup') {
		const refreshAll = () => refresh(settings, undefined, services.ingest, stderr);
		const surroundings = {settings, services, stderr, terminal, refresh: refreshAll};
		const {backupCommand} = await import('./backup-command.js');
		await backupCommand(surroundings, argument ?? '', {force: flags['force'] === true});
		return 0;
	}

	if (name === 'forget') {
		const {forgetCommand} = await import('./forget-command.js');
		const words = argument === undefined ? [] : [argument, ...rest];
		await forgetCommand({settings, services, outlet, stdout, stderr, terminal}, words, flags);
		return 0;
	}

	if (name === 'vacuum') {
		const {vacuumCommand} = await import('./vacuum-command.js');
		await vacuumCommand({settings, services, stdout, terminal});
		return 0;
	}

	if (search !== undefined) {
		await refresh(settings, undefined, services.ingest, stderr, {withTexts: true});
		const {store, search: opened} = await outlet.openSearch(settings.databasePath);
		try {
			await search({store, settings, stdout, stderr}, opened, argument ?? '', columns !== undefined);
			return 0;
		} finally {
			await opened.close();
			await store.close();
		}
	}

	if (report !== undefined) {
		await report({
			settings,
			outlet,
			stdout,
			stderr,
			terminal,
			ruleFolders: surroundings.ruleFolders,
			refresh: ({reference, withTexts}) =>
				refresh(settings, reference, services.ingest, stderr, withTexts ? {withTexts} : {}),
		});
		return 0;
	}

	const reference = argument ?? (name === 'group' ? 'last' : undefined);
	await refresh(settings, reference, services.ingest, stderr);

	if (name === 'raw') {
		const raw = await services.openStore(settings.databasePath);
		try {
			await (await import('./raw-command.js')).rawCommand({store: raw, stdout}, reference ?? '', flags);
			return 0;
		} finally {
			await raw.close();
		}
	}

	const store = await outlet.openStore(settings.databasePath);
	const context: CommandContext = {store, settings, stdout, stderr};
	try {
		switch (name) {
			case 'sessions':
				await (await import('./sessions-command.js')).sessionsCommand(context, {json: flags['json'] === true});
				break;
			case 'show':
				await (await import('./show-command.js')).showCommand(context, reference ?? '', {json: flags['json'] === true});
				break;
			case 'tag':
				await tag?.(context, reference ?? '');
				break;
			case 'note':
				await note?.(context, reference ?? '');
				break;
			case 'group':
				await (await import('./group-command.js')).groupCommand(context, reference ?? '', flags, outlet.inspection);
				break;
			case 'usage':
				await usage?.(context, columns);
				break;
			case 'sizes':
				await sizes?.(context, reference, terminal, columns);
				break;
		}

		return 0;
	} finally {
		await store.close();
	}
};

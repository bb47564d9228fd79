import {didYouMean} from '../model/did-you-mean.js';
import {UserError} from '../model/problem.js';
import {reportSizes, type SizeGrouping, type SizeReport, sizeGroupings} from '../sizes/group.js';
import type {StoredSizes} from '../store/stored-sizes.js';
import {bytesLabel, percentLabel} from '../text/labels.js';
import type {CommandContext} from './context.js';
import {findSession} from './find-session.js';
import {jsonSchemaVersion} from './json-output.js';
import {ProgressLine, type Terminal} from './progress-line.js';
import {sizeLines} from './sizes-table.js';

type SizesRequest = {by: SizeGrouping; limit: number | undefined; isJson: boolean};

/** Rows of the table when no limit is given; JSON has all then. */
const usualLimit = 20;

/** Checks the flags, before logs are read; what comes back prints the report (to a terminal of so many columns). */
export const prepareSizes = (flags: Readonly<Record<string, unknown>>) => {
	const request: SizesRequest = {
		by: groupingNamed(typeof flags['by'] === 'string' ? flags['by'] : 'kind'),
		limit: typeof flags['limit'] === 'number' ? flags['limit'] : undefined,
		isJson: flags['json'] === true,
	};
	return (
		context: CommandContext,
		reference: string | undefined,
		terminal: Terminal,
		columns: number | undefined,
	): Promise<void> => sizesCommand(context, reference, request, terminal, columns);
};

const groupingNamed = (name: string): SizeGrouping => {
	const found = sizeGroupings.find(grouping => grouping === name);
	if (found === undefined) {
		const hint = didYouMean(name, sizeGroupings) || ` Choose one of ${sizeGroupings.join(', ')}.`;
		throw new UserError(`The flag --by does not know "${name}".${hint}`);
	}

	return found;
};

/** `sizes`: what eats the disk, as a table or as JSON. */
const sizesCommand = async (
	{store, stdout, stderr}: CommandContext,
	reference: string | undefined,
	{by, limit, isJson}: SizesRequest,
	terminal: Terminal,
	columns: number | undefined,
): Promise<void> => {
	const session = reference === undefined ? undefined : await findSession(store, reference);
	const progress = new ProgressLine(terminal);
	let stored: StoredSizes;
	try {
		stored = await store.sizes({
			sessionId: session?.id,
			onProgress: (done, total) =>
				progress.show(`Looking through ${bytesLabel(total)} of logs: ${percentLabel(done, total)}`),
		});
	} finally {
		progress.clear();
	}

	const report = reportSizes(stored.sessions);
	if (isJson) {
		await stdout.write(sizesJson(by, report, stored.databases, limit));
		return;
	}

	if (report.bytes === 0) {
		await stderr.writeLine('No logs are known yet. Point to logs with --codex-home FOLDER or --sessions PATH.');
		return;
	}

	for (const line of sizeLines({by, report, databases: stored.databases, limit: limit ?? usualLimit, columns})) {
		await stdout.writeLine(line);
	}
};

const sizesJson = (
	by: SizeGrouping,
	{kinds, sessions, bytes}: SizeReport,
	databases: StoredSizes['databases'],
	limit: number | undefined,
): string => {
	const rows =
		by === 'kind'
			? kinds
			: sessions.map(({threadId, title, cwd, bytes, sizes}) => ({id: threadId, title, cwd, bytes, kinds: sizes}));
	const lines = rows.slice(0, limit).map(row => `\n${JSON.stringify(row)}`);
	const head = JSON.stringify({schema: jsonSchemaVersion, by, bytes}).slice(0, -1);
	return `${head},\n"rows":[${lines.join(',')}],\n"databases":${JSON.stringify(databases)}}\n`;
};

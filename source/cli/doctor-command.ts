import {type CodexList, readCodexThreads} from '../files/codex-threads.js';
import type {IngestSummary} from '../ingest/ingest.js';
import type {FileFailure} from '../model/problem.js';
import type {Store} from '../store/store.js';
import {plainPath} from '../text/paths.js';
import {type CodexComparison, compareWithCodex, type SessionLogs} from './codex-list.js';
import type {CommandContext} from './context.js';
import {databaseLines, doctorLines} from './doctor-lines.js';
import {type DoctorReport, damageJson, doctorJson, isHealthy} from './doctor-report.js';
import {counted} from './doctor-rows.js';
import type {Outlet} from './outlet.js';
import type {Output} from './output.js';
import type {Services} from './services.js';
import {allSessions} from './sessions-command.js';

type DoctorFlags = {json: boolean; repair: boolean};

type Surroundings = Omit<CommandContext, 'store' | 'settings'> & {
	databasePath: string;
	outlet: Pick<Outlet, 'show' | 'follow'>;
	/** Home whose list is compared; null when logs were given that belong to none. */
	home: string | null;
	/** Where Codex keeps its databases, when not in its home. */
	sqliteHome: string | null;
	services: Services;
	/** Brings the database up to date with the given way of reading. */
	refresh(ingest: Services['ingest']): Promise<void>;
};

const noList: CodexList = {database: null, threads: null, failure: null};
const notCompared: CodexComparison = {sessions: 0, hidden: [], missing: [], recordedHome: null};

/** `doctor`: a check-up of logs and databases. Answers the exit code. */
export const doctorCommand = async (surroundings: Surroundings, flags: DoctorFlags): Promise<number> => {
	const {stdout, stderr, services, outlet, databasePath} = surroundings;
	const failures: FileFailure[] = [];
	let hasBegun = false;
	try {
		await surroundings.refresh(async (database, options) => {
			hasBegun = true;
			const summary = flags.repair
				? await repair(services, stderr, database, {...options, patienceMs: Number.POSITIVE_INFINITY})
				: await services.ingest(database, options);
			failures.push(...summary.failures);
			// They are part of the report.
			return {...summary, failures: []};
		});
		hasBegun = true;
		const store = await services.openStore(databasePath);
		try {
			await outlet.follow(store);
			const report = await outlet.show(await examine(store, surroundings, failures));
			if (flags.json) {
				await stdout.write(doctorJson(report));
			} else {
				await writeLines(stdout, doctorLines(report));
			}

			return isHealthy(report.health.databases, failures) ? 0 : 1;
		} finally {
			await store.close();
		}
	} catch (error) {
		// Whatever failed, a damaged database is the likeliest reason; a mistake in the arguments came before.
		const databases = hasBegun ? await services.checkDatabases(databasePath) : [];
		if (databases.every(({faults}) => faults.length === 0)) {
			throw error;
		}

		await (flags.json ? stdout.write(damageJson(databases, failures)) : writeLines(stdout, databaseLines(databases)));
		return 1;
	}
};

const writeLines = async (output: Output, lines: readonly string[]): Promise<void> => {
	for (const line of lines) {
		await output.writeLine(line);
	}
};

const examine = async (
	store: Store,
	{home, sqliteHome}: Pick<Surroundings, 'home' | 'sqliteHome'>,
	failures: FileFailure[],
): Promise<DoctorReport> => {
	const health = await store.health();
	const logs = Map.groupBy(health.logs, log => log.sessionId);
	const sessions: SessionLogs[] = [];
	for await (const session of allSessions(store)) {
		sessions.push({session, logs: logs.get(session.id) ?? []});
	}

	const list = home === null ? noList : readCodexThreads(sqliteHome ?? home);
	const comparison = home === null ? notCompared : compareWithCodex(home, sessions, list);
	return {home, list, comparison, health, failures};
};

const repair = async (
	services: Services,
	stderr: Output,
	...[database, options]: Parameters<Services['rederive']>
): Promise<IngestSummary> => {
	const summary = await services.rederive(database, options);
	const sessions = new Set(summary.files.map(({threadId, path}) => threadId ?? path)).size;
	const derived = `Repair: ${counted(sessions, 'session was', 'sessions were')} derived from logs on disk`;
	const lines =
		summary.movedTo === null
			? [
					'Repair: the index was sound. Everything in it was derived anew.',
					`${derived}, the others from the archive, which was not changed.`,
				]
			: [
					`Repair: the index was damaged and lies at ${plainPath(summary.movedTo)} now. A new one was made.`,
					`${derived}. The archive was not changed.`,
				];
	if (summary.left > 0) {
		lines.push(
			`Repair: ${counted(summary.left, 'log is', 'logs are')} gone and not archived whole: what is known of them stays as it was.`,
		);
	}

	await writeLines(stderr, lines);
	return summary;
};

import type {CodexList} from '../files/codex-threads.js';
import type {FileFailure} from '../model/problem.js';
import type {DatabaseHealth, Health} from '../store/health.js';
import type {CodexComparison, HiddenSession} from './codex-list.js';
import {jsonSchemaVersion} from './json-output.js';

/** Everything that `doctor` found out. */
export type DoctorReport = {
	/** Codex home that the list belongs to; null when logs were given that belong to none. */
	home: string | null;
	list: CodexList;
	comparison: CodexComparison;
	health: Health;
	/** Of this run. */
	failures: FileFailure[];
};

/** What decides the exit code: sound databases, and every file read. */
export const isHealthy = (databases: readonly DatabaseHealth[], failures: readonly FileFailure[]): boolean =>
	failures.length === 0 && databases.every(({faults}) => faults.length === 0);

/** The report as JSON, one finding per line of text. */
export const doctorJson = (report: DoctorReport): string => {
	const {home, list, comparison, health, failures} = report;
	const parts: [string, unknown][] = [
		['schema', jsonSchemaVersion],
		['healthy', isHealthy(health.databases, failures)],
		[
			'codexList',
			{
				home,
				database: list.database,
				failure: list.failure,
				threads: list.threads?.length ?? null,
				sessionsOnDisk: comparison.sessions,
				recordedHome: comparison.recordedHome,
			},
		],
		['hidden', comparison.hidden.map(hiddenJson)],
		[
			'missing',
			comparison.missing.map(({id, path, session}) => ({
				id,
				path,
				title: session?.title ?? null,
				kept: session !== null,
			})),
		],
		[
			'changed',
			health.changes.map(({path, threadId, at, reason, prompts}) => ({path, sessionId: threadId, at, reason, prompts})),
		],
		['problems', health.problems.map(({what, count, path, line}) => ({reason: what, count, path, line}))],
		['unknownKinds', health.unknownKinds.map(({what, count, path, line}) => ({type: what, count, path, line}))],
		['versions', health.versions],
		['formats', health.formats],
		['archive', health.archive],
		['databases', health.databases],
		['failures', failures],
	];
	return `{${parts.map(([name, value]) => `${JSON.stringify(name)}:${rowsJson(value)}`).join(',\n')}}\n`;
};

/** What is left to say when the databases cannot be read. */
export const damageJson = (databases: readonly DatabaseHealth[], failures: readonly FileFailure[]): string =>
	`${JSON.stringify({schema: jsonSchemaVersion, healthy: false, databases, failures})}\n`;

const rowsJson = (value: unknown): string =>
	Array.isArray(value) && value.length > 0
		? `[\n${value.map(row => JSON.stringify(row)).join(',\n')}]`
		: JSON.stringify(value);

const hiddenJson = ({session, reasons, files, recordedPath}: HiddenSession) => ({
	id: session.threadId,
	kind: session.kind,
	title: session.title,
	startedAt: session.startedAt,
	reasons,
	files,
	recordedPath,
});

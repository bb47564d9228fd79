import type {Settings} from '../config/settings.js';
import {UserError} from '../model/problem.js';
import type {SessionSummary} from '../model/session.js';
import type {ForgetPlan} from '../store/maintenance.js';
import {bytesLabel, dateTimeLabel, summaryLine} from '../text/labels.js';
import {plainPath} from '../text/paths.js';
import {plainText} from '../text/sanitize.js';
import {dayNamed} from '../usage/day-words.js';
import {dayOf} from '../usage/days.js';
import {counted} from './doctor-rows.js';
import {findSession} from './find-session.js';
import type {Outlet} from './outlet.js';
import type {Output} from './output.js';
import {ProgressLine, type Terminal} from './progress-line.js';
import type {Services} from './services.js';
import {allSessions} from './sessions-command.js';

type Surroundings = {
	settings: Pick<Settings, 'databasePath'>;
	services: Services;
	outlet: Pick<Outlet, 'openStore'>;
	stdout: Output;
	stderr: Output;
	terminal: Terminal;
	now?: Date;
};

type Flags = Readonly<Record<string, unknown>>;

/** `forget`: removes sessions from the databases for good, or lists and takes back what was forgotten. */
export const forgetCommand = async (
	surroundings: Surroundings,
	words: readonly string[],
	flags: Flags,
): Promise<void> => {
	const {before, undo} = flags as {before?: string; undo?: string};
	const ways = [words.length > 0, before !== undefined, flags['list'] === true, undo !== undefined];
	if (ways.filter(Boolean).length !== 1) {
		throw new UserError(
			'What is to be forgotten? Name sessions, or give --before DAY; or use --list or --undo ID alone.',
		);
	}

	if (flags['list'] === true) {
		await list(surroundings);
	} else if (undo === undefined) {
		await forget(surroundings, await sessionsMeant(surroundings, words, before), flags);
	} else {
		await takeBack(surroundings, undo);
	}
};

const sessionsMeant = async (
	{settings, outlet, now = new Date()}: Surroundings,
	words: readonly string[],
	before: string | undefined,
): Promise<SessionSummary[]> => {
	const day = before === undefined ? undefined : dayNamed(before, dayOf(now.getTime()), '--before');
	const store = await outlet.openStore(settings.databasePath);
	try {
		const found: SessionSummary[] = [];
		for (const word of words) {
			found.push(await findSession(store, word));
		}

		if (day !== undefined) {
			const end = new Date(`${day}T00:00:00`).toISOString();
			for await (const session of allSessions(store)) {
				if ((session.endedAt ?? session.startedAt ?? end) < end) {
					found.push(session);
				}
			}
		}

		return [...new Map(found.map(session => [session.threadId, session])).values()];
	} finally {
		await store.close();
	}
};

const forget = async (
	{settings: {databasePath}, services, stdout, stderr, terminal}: Surroundings,
	sessions: readonly SessionSummary[],
	flags: Flags,
): Promise<void> => {
	if (sessions.length === 0) {
		await stderr.writeLine('There is no such session.');
		return;
	}

	const threadIds = sessions.map(({threadId}) => threadId);
	const plan = await services.planForget(databasePath, threadIds);
	await writePlan(stdout, plan, sessions);
	const many = counted(sessions.length, 'session');
	if (flags['dryRun'] === true) {
		await stderr.writeLine(`Nothing was removed. Without --dry-run and with --yes, ${many} would be.`);
		return;
	}

	if (flags['yes'] !== true) {
		throw new UserError(`Nothing was removed. This cannot be taken back; add --yes to remove ${many} for good.`);
	}

	await stdout.flush();
	const progress = new ProgressLine(terminal);
	try {
		await services.forget(databasePath, threadIds, part => progress.show(`Removing from the ${part} …`));
	} finally {
		progress.clear();
	}

	await stderr.writeLine(
		`Forgot ${many}. codex-tui does not read their logs again; to be rid of these too, delete them.`,
	);
};

/** What goes, and what stays elsewhere. */
const writePlan = async (output: Output, plan: ForgetPlan, sessions: readonly SessionSummary[]): Promise<void> => {
	const byThread = new Map(sessions.map(session => [session.threadId, session]));
	for (const {threadId, bytes, logs, copies} of plan.sessions) {
		const {startedAt = null, title = null} = byThread.get(threadId) ?? {};
		const words = [threadId, dateTimeLabel(startedAt), bytesLabel(bytes), summaryLine(title ?? '', 60)];
		await output.writeLine(plainText(words.filter(Boolean).join('  ')).replaceAll('\n', ' '));
		for (const log of logs) {
			await output.writeLine(`  log, which stays: ${plainPath(log)}`);
		}

		for (const copy of copies) {
			await output.writeLine(`  may hold some of its text: ${plainText(`${copy.kind} ${copy.threadId}`)}`);
		}
	}

	for (const file of plan.otherFiles) {
		await output.writeLine(`May hold older copies, and stays: ${plainPath(file)}`);
	}
};

const list = async ({settings, services, stdout}: Surroundings): Promise<void> => {
	for (const {threadId, forgottenAt, actor, logs} of await services.listForgotten(settings.databasePath)) {
		const words = [threadId, dateTimeLabel(forgottenAt), actor, counted(logs, 'log')];
		await stdout.writeLine(plainText(words.join('  ')).replaceAll('\n', ' '));
	}
};

const takeBack = async ({settings, services, stderr}: Surroundings, reference: string): Promise<void> => {
	const known = await services.listForgotten(settings.databasePath);
	const [thread, ...others] = known.filter(({threadId}) => threadId.startsWith(reference));
	if (thread === undefined || others.length > 0) {
		throw new UserError(
			thread === undefined
				? `No session that begins with "${reference}" was forgotten. See codex-tui forget --list.`
				: `"${reference}" means more than one session. Write more of the id.`,
			1,
		);
	}

	await services.readAgain(settings.databasePath, thread.threadId);
	await stderr.writeLine(`${thread.threadId} is read again with the next ingest, where its log is still there.`);
};

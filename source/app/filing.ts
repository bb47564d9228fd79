import type {SessionId} from '../model/session.js';
import {baseName} from '../text/paths.js';
import {type Command, type CommandContext, say, warn} from './command.js';
import {emptyLine, type Line, lineText} from './line-editor.js';
import {selectedId} from './list-state.js';
import type {Filing, Origin, Outside} from './outside.js';
import type {SessionItem} from './session-feed.js';

/** What Codex would do with the logs of a session, before it does anything. */
export type FilingPlan = {
	filing: Filing;
	session: SessionId;
	title: string;
	origin: Origin;
	logs: readonly {name: string; bytes: number}[];
	/** Threads of its sub-agents, which go the same way. */
	agents: readonly {session: SessionId; title: string; logs: number; bytes: number}[];
	/** Files of all these logs. */
	paths: readonly string[];
	/** Whether the archive holds every byte of all these logs. */
	isKept: boolean;
};

/** The window that shows the plan; `line` is what is typed to have a session deleted. */
export type FilingOverlay = {kind: 'filing'; plan: FilingPlan; line: Line; top: number; rowCount: number};

/** The word that is typed before a session is deleted. */
export const deleteWord = 'delete';

/** Where the explorer has nothing outside of itself. */
export const notHere = 'There is nothing to do that with here.';

const openElsewhere = 'Another program has a log of it open. End the Codex that works on it first.';

const threadIdForm = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether Codex knows a session by this id, and takes it for nothing else. */
export const isThreadId = (id: string): boolean => threadIdForm.test(id);

/** Why nothing can be filed of a session; undefined where it can. */
const objection = ({data}: CommandContext, item: SessionItem | undefined): string | undefined => {
	if (item === undefined || item.isReading) {
		return item ? 'This session is still being read.' : 'No session is selected.';
	}

	if (item.session.gone !== null) {
		return 'The log of this session is gone already; what was read of it stays.';
	}

	return [item, ...data.sessions.agentsOf(item.id)].some(({id}) => data.live.isLive(id))
		? 'This session is being written just now. Wait until it is no longer live.'
		: undefined;
};

const logsOf = async (outside: Outside, origin: Origin): Promise<{name: string; bytes: number}[]> => {
	const sizes = await outside.sizesOf(origin.paths);
	return origin.paths.flatMap((path, index) => {
		const bytes = sizes[index] ?? null;
		return bytes === null ? [] : [{name: baseName(path), bytes}];
	});
};

const total = (logs: readonly {bytes: number}[]): number => logs.reduce((sum, {bytes}) => sum + bytes, 0);

const makePlan = async (
	{data, origin: originOf, isKept}: CommandContext,
	outside: Outside,
	filing: Filing,
	{session}: SessionItem,
): Promise<FilingPlan | undefined> => {
	const origin = await originOf(session.id);
	if (origin === undefined) {
		return undefined;
	}

	const agents: FilingPlan['agents'][number][] = [];
	const paths = [...origin.paths];
	for (const {session: agent} of data.sessions.agentsOf(session.id)) {
		const from = await originOf(agent.id);
		const logs = from ? await logsOf(outside, from) : [];
		paths.push(...(from?.paths ?? []));
		agents.push({session: agent.id, title: agent.title ?? 'no prompt', logs: logs.length, bytes: total(logs)});
	}

	const kept = await Promise.all([session.id, ...agents.map(agent => agent.session)].map(isKept));
	return {
		filing,
		session: session.id,
		title: session.title ?? 'no prompt',
		origin,
		logs: await logsOf(outside, origin),
		agents,
		paths,
		isKept: kept.every(Boolean),
	};
};

/** Offers to archive or delete the selected session, where that is possible at all. */
export const openFiling: Command = context => {
	const {state, data, dispatch} = context;
	const item = data.sessions.item(selectedId(state().lists.sessions));
	const reason = objection(context, item);
	if (reason !== undefined) {
		warn(context, reason);
		return;
	}

	const index = item?.session.archived ? 1 : 0;
	dispatch({type: 'open', overlay: {kind: 'menu', menu: 'filing', index}});
};

/** Shows what Codex would do, or says why it cannot. */
export const planFiling = (context: CommandContext, value: string): void => {
	const {state, data, dispatch, attempt} = context;
	const filing = value as Filing;
	const item = data.sessions.item(selectedId(state().lists.sessions));
	if (!item) {
		return;
	}

	if ((filing === 'unarchive') !== item.session.archived && filing !== 'delete') {
		warn(context, item.session.archived ? 'This session is archived already.' : 'This session is not archived.');
		return;
	}

	if (!isThreadId(item.session.threadId)) {
		warn(context, 'The log tells no id that Codex would know this session by.');
		return;
	}

	say(context, 'Asking Codex whether it can do that…');
	attempt(async () => {
		const outside = await context.outside();
		if (!outside) {
			return notHere;
		}

		const trouble = await outside.refuses(filing);
		const plan = trouble === undefined ? await makePlan(context, outside, filing, item) : undefined;
		if (plan && (await outside.isOpen(plan.paths))) {
			return openElsewhere;
		}

		dispatch({type: 'notice', notice: undefined});
		if (plan && state().overlay === undefined) {
			dispatch({type: 'open', overlay: {kind: 'filing', plan, line: emptyLine, top: 0, rowCount: 0}});
		}

		return trouble;
	});
};

const done: Record<Filing, string> = {
	archive: 'Codex has archived it; the same key brings it back.',
	unarchive: 'It is back among the sessions that Codex lists.',
	delete: 'Codex has deleted it; what was read of it stays here.',
};

/** Has Codex do what the window shows, if that still holds. */
export const confirmFiling: Command = context => {
	const {state, data, dispatch, attempt, look} = context;
	const {overlay} = state();
	if (overlay?.kind !== 'filing') {
		return;
	}

	const {plan, line} = overlay;
	if (plan.filing === 'delete' && lineText(line).trim().toLowerCase() !== deleteWord) {
		warn(context, `Type ${deleteWord}, then press Enter; Esc leaves everything as it is.`);
		return;
	}

	dispatch({type: 'close'});
	const reason = objection(context, data.sessions.item(plan.session));
	if (reason !== undefined) {
		warn(context, reason);
		return;
	}

	say(context, 'Codex is at it…');
	attempt(async () => {
		const outside = await context.outside();
		if (await outside?.isOpen(plan.paths)) {
			return openElsewhere;
		}

		const trouble = outside ? await outside.file(plan.filing, plan.origin) : notHere;
		look();
		if (trouble === undefined) {
			say(context, done[plan.filing]);
		}

		return trouble;
	});
};

import type {SessionKind} from '../../model/session.js';
import {noUsage} from '../../model/token-usage.js';
import {count, isObject, type Json, object, text} from '../json.js';
import type {SessionFacts} from '../rows.js';

export const noFacts = (): SessionFacts => ({
	threadId: null,
	base: null,
	parentThreadId: null,
	forkedFromThreadId: null,
	kind: 'main',
	name: null,
	firstPrompt: null,
	startedAt: null,
	endedAt: null,
	cwd: null,
	gitBranch: null,
	gitCommit: null,
	gitRepositoryUrl: null,
	originator: null,
	cliVersion: null,
	models: [],
	turnTimeMs: null,
	promptCount: 0,
	toolCallCount: 0,
	problemCount: 0,
	usage: {...noUsage},
});

/** Values of `thread_source` that a person's own sessions have. */
const clients = new Set(['user', 'cli', 'vscode', 'exec', 'mcp', 'unknown']);

/** `source` and `thread_source` in the words of the session list (reference 3.1). */
const kindOf = (payload: Json): SessionKind => {
	const {source} = payload as {source?: unknown};
	if (isObject(source)) {
		const agent = source['subagent'];
		if (isObject(agent)) {
			return 'thread_spawn' in agent ? 'sub-agent' : (text(agent, 'other') ?? 'sub-agent');
		}

		if (typeof agent === 'string') {
			return agent.replaceAll('_', '-');
		}

		const internal = text(source, 'internal');
		if (internal !== null) {
			return internal.replaceAll('_', '-');
		}
	}

	const threadSource = text(payload, 'thread_source');
	if (threadSource === 'subagent') {
		return 'sub-agent';
	}

	if (threadSource !== null && !clients.has(threadSource)) {
		return threadSource === 'guardian_review' ? 'guardian' : threadSource.replaceAll('_', '-');
	}

	return text(payload, 'forked_from_id') === null ? 'main' : 'fork';
};

const baseOf = (payload: Json): SessionFacts['base'] => {
	const base = object(payload, 'history_base');
	const rolloutId = text(base, 'thread_id');
	return rolloutId === null ? null : {rolloutId, endOffset: count(base, 'end_byte_offset')};
};

const parentOf = (payload: Json): string | null => {
	const spawn = object(object(object(payload, 'source'), 'subagent'), 'thread_spawn');
	return text(payload, 'parent_thread_id') ?? text(spawn, 'parent_thread_id');
};

const pad = (value: number): string => String(value).padStart(2, '0');

/** The digits of a moment in local time, as the file name spells them. */
const localDigits = (at: Date): string =>
	`${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}-${pad(at.getMinutes())}-${pad(at.getSeconds())}`;

/**
When a session began, in Unix ms. The first native releases wrote local time with a literal `Z`
(reference 10): recognised by the file name, which holds the same local digits.
*/
const startOf = (stamp: string | null, isBare: boolean, fileName: string): number | null => {
	if (stamp === null || Number.isNaN(Date.parse(stamp))) {
		return null;
	}

	const named = /rollout-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)/.exec(fileName)?.[1];
	const digits = stamp.slice(0, 19).replaceAll(':', '-');
	if (isBare && named === digits && localDigits(new Date(stamp)) !== digits) {
		return Date.parse(stamp.replace(/Z$/, ''));
	}

	return Date.parse(stamp);
};

/** Takes what the first `session_meta` of a rollout says; later ones are history (reference 3.4). */
export const takeMeta = (facts: SessionFacts, payload: Json, isBare: boolean, fileName: string): void => {
	const git = object(payload, 'git');
	facts.threadId = text(payload, 'id');
	facts.base = baseOf(payload);
	facts.parentThreadId = parentOf(payload);
	facts.forkedFromThreadId = text(payload, 'forked_from_id');
	facts.kind = kindOf(payload);
	facts.startedAt = startOf(text(payload, 'timestamp'), isBare, fileName) ?? facts.startedAt;
	facts.cwd = text(payload, 'cwd') ?? facts.cwd;
	facts.gitBranch = text(git, 'branch');
	facts.gitCommit = text(git, 'commit_hash');
	facts.gitRepositoryUrl = text(git, 'repository_url');
	facts.originator = text(payload, 'originator');
	facts.cliVersion = text(payload, 'cli_version');
};

const cwdInContext = /<cwd>([^<]+)<\/cwd>|Current working directory: (\S.*)/;

/** The folder that an environment block names, for eras whose first line has none. */
export const takeEnvironment = (facts: SessionFacts, context: string): void => {
	const match = facts.cwd === null ? cwdInContext.exec(context) : null;
	if (match !== null) {
		facts.cwd = (match[1] ?? match[2] ?? '').trim();
	}
};

export const takeModel = (facts: SessionFacts, model: string | null): void => {
	if (model !== null && !facts.models.includes(model)) {
		facts.models.push(model);
	}
};

const titleRequests = [
	'Generate a concise UI title',
	'You are a helpful assistant. You will be presented with a user prompt',
];

/** The editor's own runs that ask for a title of another session (see `source` exec of the VS Code extension). */
export const isTitleRequest = (facts: SessionFacts, prompt: string): boolean =>
	facts.promptCount <= 1 && titleRequests.some(beginning => prompt.startsWith(beginning));

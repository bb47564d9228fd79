import assert from 'node:assert/strict';
import path from 'node:path';
import type {LogEvent} from '../../source/model/log-event.js';
import type {Exceptions} from './exceptions.js';
import type {Shown} from './read-home.js';
import type {TrueCall, TrueThread, TrueUsage} from './truth.js';

type Call = LogEvent & {kind: 'tool-call'};

/** Differences by what they are about; empty where everything is as the truth says. */
export type Differences = Map<string, string[]>;

type Thread = {
	truth: TrueThread;
	shown: Shown;
	/** Whether words stand in one of the thread's logs. */
	isLogged: (words: string) => boolean;
	allowed: Exceptions;
	hasUsage: boolean;
};

/** Differences, and what of the case's exceptions it took to have no more. */
export type Comparison = {differences: Differences; missing: {answers: number; reasoning: number; tokens: number}};

const usageOf = (counts: TrueUsage) => ({
	inputTokens: counts.input_tokens,
	cachedInputTokens: counts.cached_input_tokens,
	outputTokens: counts.output_tokens,
	reasoningOutputTokens: counts.reasoning_output_tokens,
	totalTokens: counts.total_tokens,
});

/** The true items that a log can hold: those marked as not recorded count only where we found them after all. */
const recorded = <Item extends {recorded?: boolean}>(all: readonly Item[], found: number): Item[] =>
	found === all.length ? [...all] : all.filter(item => item.recorded !== false);

/** Holds what the program shows of a thread against the truth. */
export const compareThread = ({truth, shown, isLogged, allowed, hasUsage}: Thread): Comparison => {
	const missing = {answers: 0, reasoning: 0, tokens: 0};
	const found: Differences = new Map();
	const same = (about: string, detail: string, actual: unknown, expected: unknown): void => {
		try {
			assert.deepEqual(actual, expected);
		} catch (error) {
			found.set(about, [...(found.get(about) ?? []), `${detail}: ${(error as Error).message}`]);
		}
	};

	const {session, prompts, prelude} = shown;
	const events = [...prelude.events, ...prompts.flatMap(prompt => prompt.events as unknown as LogEvent[])];
	same(
		'prompts',
		'text, state and order',
		prompts.map(({text, state}) => [text, state]),
		recorded(truth.prompts, prompts.length).map(({text, state}) => [text, state.replace('_', '-')]),
	);
	same(
		'prompts',
		'gone',
		prompts.filter(prompt => prompt.gone !== undefined),
		[],
	);

	if (!allowed.unattributed) {
		const said = events.filter(event => event.kind === 'message' && event.role === 'assistant') as (LogEvent & {
			kind: 'message';
		})[];
		const answers = recorded(truth.assistant_messages, said.length).filter(answer => isLogged(answer.text));
		missing.answers = recorded(truth.assistant_messages, said.length).length - answers.length;
		same(
			'answers',
			'text and order',
			said.map(({text}) => text),
			answers.map(({text}) => text),
		);
		same(
			'answers',
			'phase',
			said.map(({phase}) => phase ?? null),
			said.some(({phase}) => phase !== null) ? answers.map(({phase}) => phase ?? null) : said.map(() => null),
		);
		const thoughts = events.flatMap(event => (event.kind === 'reasoning' ? [event.parts] : []));
		const reasoned = recorded(truth.reasoning, thoughts.length).filter(({parts}) => parts.every(isLogged));
		missing.reasoning = truth.reasoning.filter(part => part.recorded !== false).length - reasoned.length;
		same(
			'reasoning',
			'parts and order',
			thoughts,
			reasoned.map(({parts}) => parts),
		);
		const calls = events.filter((event): event is Call => event.kind === 'tool-call');
		same(
			'calls',
			'id and name',
			calls.map(call => [call.callId, call.name]),
			recorded(truth.tool_calls, calls.length).map(call => [call.call_id, call.name]),
		);
		for (const expected of truth.tool_calls) {
			const call = calls.find(({callId}) => callId === expected.call_id);
			if (call !== undefined) {
				compareCall(call, expected, truth.cwd, (detail, a, b) => same('calls', `${expected.call_id} ${detail}`, a, b));
			}
		}
	}

	same('session', 'archived', session.archived, truth.archived);
	same('session', 'cwd', session.cwd ?? truth.cwd, truth.cwd);
	same('session', 'branch', session.git.branch ?? truth.git_branch, truth.git_branch);
	same('session', 'models', session.models.length === 0 ? truth.models : session.models, truth.models);
	same('session', 'gone', session.gone, undefined);
	if (truth.name !== null) {
		same('session', 'name', session.name, truth.name);
	}

	// A reviewer's thread has no kind and no parent in the truth.
	const isReview = session.kind === 'review' && truth.kind === 'main';
	const kind = truth.kind === 'subagent' ? 'sub-agent' : truth.kind;
	same('session', 'kind', isReview ? 'main' : session.kind, kind);
	if (!isReview) {
		same('session', 'parent', session.parentId ?? session.forkedFromId ?? undefined, truth.parent_thread_id);
	}

	const counted = truth.files.filter(file => file.lines !== undefined);
	const nameOf = (file: string): string => path.basename(file, '.zst');
	same(
		'lines',
		'files',
		session.files.map(file => nameOf(file.path)).toSorted(),
		truth.files.map(file => nameOf(file.path)).toSorted(),
	);
	for (const file of counted) {
		const own = session.files.find(other => nameOf(other.path) === nameOf(file.path));
		same('lines', nameOf(file.path), [own?.lines, own?.problems], [file.lines, file.invalid_lines]);
	}

	const total = usageOf(truth.usage.total);
	if (!hasUsage) {
		same('usage', 'none', session.usage.totalTokens, 0);
	} else if (session.usage.totalTokens + (allowed.tokens?.missing ?? 0) === total.totalTokens) {
		missing.tokens = allowed.tokens?.missing ?? 0;
	} else {
		same('usage', 'own total', session.usage, total);
	}

	if (truth.task !== undefined) {
		const {task} = truth;
		// Agents of the second generation get it encrypted, in mail.
		const isTask = (event: LogEvent): boolean =>
			event.kind === 'message' && (event.text.includes(task) || event.role === 'agent');
		same('prompts', 'task', prelude.events.some(isTask), true);
	}

	return {differences: found, missing};
};

type Change = [path: string, change: string, movedTo: string | null];

/** The truth tells a moved file as an update with another path. */
const changesOf = (changes: Call['changes'] = [], cwd = ''): Change[] =>
	changes.map(({path: file, change, movedTo}) => [
		cwd === '' ? file : path.relative(cwd, file),
		change === 'move' ? 'update' : change,
		movedTo,
	]);

const patchesOf = (patches: TrueCall['patches'] = []): Change[] =>
	patches.map(patch => [patch.path, patch.kind, patch.move_to ?? null]);

const compareCall = (
	call: Call,
	expected: TrueCall,
	cwd: string,
	same: (detail: string, actual: unknown, expected: unknown) => void,
): void => {
	const {command, exit_code: exitCode, core_text: output, patches, plan, operations} = expected;
	if (call.tool !== 'code') {
		if (command !== undefined) {
			same('command', call.command, Array.isArray(command) ? command.at(-1) : command);
		}

		if (exitCode !== undefined) {
			same('exit code', call.exitCode, exitCode);
		}

		if (patches !== undefined) {
			same('patches', changesOf(call.changes), patchesOf(patches));
		}
	}

	if (output !== undefined && output !== '[image]') {
		same('output', call.output, output);
	}

	if (plan !== undefined) {
		same('plan', call.steps, plan);
	}

	if (operations !== undefined) {
		same(
			'operations',
			call.operations?.map(one => [one.tool, one.tool === 'patch' ? null : one.command, one.exitCode]),
			operations.map(one => [one.kind, one.command ?? null, one.exit_code ?? null]),
		);
		same(
			'patches of operations',
			// Operations name files by their whole path.
			call.operations?.map(one => changesOf(one.changes, cwd)),
			operations.map(one => patchesOf(one.patches)),
		);
	}
};

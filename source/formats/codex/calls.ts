import type {ToolCallBody, ToolStatus} from '../../model/log-event.js';
import type {CallResultRow, CallRow} from '../rows.js';
import type {ToolResult} from './tool-result.js';

/** A call that later lines may still complete. */
type KnownCall = {
	sequence: number;
	isCode: boolean;
	/** Whether its own line has come, and not only a result. */
	isCalled: boolean;
	status: ToolStatus;
	exitCode: number | null;
	durationMs: number | null;
	outputSequence: number | null;
	/** What a `wait` or `write_stdin` call polls: a key of `running`. */
	polled: string | null;
	/** What the end of a web search says it did: some releases write the call itself without its id. */
	searched?: string | null;
};

export type CallsState = {
	known: [string, KnownCall][];
	/** Code cells and processes still running after their call's output, to its call id. */
	running: [string, string][];
	/** Ids of calls that have their output, in the order they got it. */
	answered: string[];
};

/** Calls without an output remembered at once; results that come later stand alone. */
const memory = 1000;

/** Calls with an output, whose end event may still come. */
const answeredMemory = 64;

/** Scripts and commands remembered as running. */
const runningMemory = 64;

/** Pairs tool calls with everything that tells how they went (format reference 5.2, 7). */
export class Calls {
	private readonly known: Map<string, KnownCall>;
	private readonly running: Map<string, string>;
	private readonly answered: string[];

	constructor(saved?: CallsState) {
		this.known = new Map(saved?.known);
		this.running = new Map(saved?.running);
		this.answered = saved?.answered ?? [];
	}

	save(): CallsState {
		return {known: [...this.known], running: [...this.running], answered: this.answered};
	}

	/** Enters a call. Returns how it stands when a result of it came first. */
	call(body: ToolCallBody, sequence: number): CallResultRow | null {
		const {callId} = body;
		const before = callId === null ? this.endedSearch(body) : this.known.get(callId);
		if (before !== undefined && !before.isCalled) {
			before.isCalled = true;
			return rowOf(before);
		}

		if (callId !== null) {
			this.remember(callId, {
				sequence,
				isCode: body.tool === 'code',
				isCalled: true,
				status: body.status,
				exitCode: body.exitCode,
				durationMs: body.durationMs,
				outputSequence: null,
				polled: polledBy(body),
			});
		}

		return null;
	}

	/**
	Enters a result. Returns what the completed call looks like now, with that of the script or command whose end it
	tells besides; or null when it stands alone.
	*/
	result(body: ToolResult, sequence: number): [CallResultRow, ...CallResultRow[]] | null {
		const own = body.callId === null ? undefined : this.known.get(body.callId);
		if (own !== undefined) {
			return [this.complete(own, body, sequence), ...this.endPolled(own, body)];
		}

		const script = body.tool !== null && !body.isModelOutput ? this.runningScript() : undefined;
		if (script !== undefined) {
			return [rowOf(script)];
		}

		if (body.callId !== null) {
			this.remember(body.callId, {
				sequence,
				isCode: false,
				isCalled: false,
				status: body.status ?? 'open',
				exitCode: body.exitCode,
				durationMs: body.durationMs,
				outputSequence: body.isModelOutput ? sequence : null,
				polled: null,
				...(body.tool === 'web-search' ? {searched: body.arguments} : {}),
			});
		}

		return null;
	}

	/** The search that has ended already and that a call without an id is of. */
	private endedSearch({tool, arguments: action}: ToolCallBody): KnownCall | undefined {
		return tool === 'web-search' && action !== null
			? [...this.known.values()].findLast(({isCalled, searched}) => !isCalled && searched === action)
			: undefined;
	}

	private complete(call: KnownCall, body: ToolResult, sequence: number): CallResultRow {
		if (body.isModelOutput) {
			call.outputSequence ??= sequence;
			if (body.runningId !== null && call.polled === null && body.callId !== null) {
				setLast(this.running, runningKey(call.isCode, body.runningId), body.callId, runningMemory);
			} else if (body.callId !== null) {
				this.forgetLater(body.callId);
			}
		}

		call.exitCode ??= body.exitCode;
		// An end event measures the command itself; the output's header only how long the model waited.
		call.durationMs = body.isModelOutput ? (call.durationMs ?? body.durationMs) : (body.durationMs ?? call.durationMs);
		// A poll has done its work, whatever goes on running.
		const isPoll = call.polled !== null && body.isModelOutput && body.status === 'open';
		call.status = laterStatus(call.status, isPoll ? 'completed' : body.status);
		return rowOf(call);
	}

	/** The script or command that a poll found ended: only the poll's output tells how (reference 5.2). */
	private endPolled({polled, isCode}: KnownCall, {isModelOutput, runningId, ...end}: ToolResult): CallResultRow[] {
		const callId = polled === null ? undefined : this.running.get(polled);
		const call = callId === undefined ? undefined : this.known.get(callId);
		const hasEnded = isModelOutput && runningId === null && (isCode ? end.durationMs : end.exitCode) !== null;
		if (polled === null || callId === undefined || call === undefined || !hasEnded) {
			return [];
		}

		this.running.delete(polled);
		this.forgetLater(callId);
		call.exitCode ??= end.exitCode;
		call.status = laterStatus(call.status, end.status);
		return [rowOf(call)];
	}

	/** The script that operations without a call of their own belong to: the last one without an end. */
	private runningScript(): KnownCall | undefined {
		const last = [...this.known.values()].findLast(call => call.isCode && call.outputSequence === null);
		if (last?.polled == null) {
			return last;
		}

		const cell = this.running.get(last.polled);
		return cell === undefined ? last : (this.known.get(cell) ?? last);
	}

	private forgetLater(callId: string): void {
		this.answered.push(callId);
		if (this.answered.length > answeredMemory) {
			this.known.delete(this.answered.shift() ?? '');
		}
	}

	private remember(callId: string, call: KnownCall): void {
		setLast(this.known, callId, call, memory);
	}
}

/** Sets an entry as the newest, and forgets the oldest where there are too many. */
const setLast = <Value>(entries: Map<string, Value>, key: string, value: Value, most: number): void => {
	entries.delete(key);
	entries.set(key, value);
	if (entries.size > most) {
		for (const oldest of entries.keys()) {
			entries.delete(oldest);
			break;
		}
	}
};

const runningKey = (isCode: boolean, id: string): string => `${isCode ? 'cell' : 'session'} ${id}`;

const pollId = /"(?:cell|session)_id"\s*:\s*"?([^",}\s]+)/;

const polledBy = ({name, tool, arguments: source}: ToolCallBody): string | null => {
	const id = name === 'wait' || name === 'write_stdin' ? pollId.exec(source ?? '')?.[1] : undefined;
	return id === undefined ? null : runningKey(tool === 'code', id);
};

const rowOf = (call: KnownCall): CallResultRow => ({
	sequence: call.sequence,
	status: call.status,
	exitCode: call.exitCode,
	durationMs: call.durationMs,
	outputSequence: call.outputSequence,
});

/** A failure stays one; an end replaces an open state. */
export const laterStatus = (before: ToolStatus, now: ToolStatus | null): ToolStatus =>
	now === null || now === 'open' || before === 'failed' || before === 'declined' ? before : now;

export const callRow = (sequence: number, body: ToolCallBody): CallRow => ({
	sequence,
	tool: body.tool,
	name: body.name,
	callId: body.callId,
	command: body.command,
	// A script is its own argument, and a command's arguments say little more than the command.
	arguments:
		body.tool === 'command' && body.command !== null ? null : body.arguments === body.command ? null : body.arguments,
	status: body.status,
	exitCode: body.exitCode,
	durationMs: body.durationMs,
	outputSequence: null,
});

/** The row of a result whose call the log does not hold. */
export const orphanRow = (sequence: number, body: ToolResult): CallRow => ({
	sequence,
	tool: body.tool ?? 'other',
	name: body.name ?? 'output without a call',
	callId: body.callId,
	command: body.command,
	arguments: body.arguments,
	status: body.status ?? 'open',
	exitCode: body.exitCode,
	durationMs: body.durationMs,
	outputSequence: body.isModelOutput ? sequence : null,
});

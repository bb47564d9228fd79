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
	/** Number of the code cell that a `wait` call polls. */
	cellId: string | null;
	/** What the end of a web search says it did: some releases write the call itself without its id. */
	searched?: string | null;
};

export type CallsState = {
	known: [string, KnownCall][];
	/** Code cells still running after their call's output: cell number to call id. */
	cells: [string, string][];
	/** Ids of calls that have their output, in the order they got it. */
	answered: string[];
};

/** Calls without an output remembered at once; results that come later stand alone. */
const memory = 1000;

/** Calls with an output, whose end event may still come. */
const answeredMemory = 64;

/** Pairs tool calls with everything that tells how they went (format reference 5.2, 7). */
export class Calls {
	private readonly known: Map<string, KnownCall>;
	private readonly cells: Map<string, string>;
	private readonly answered: string[];

	constructor(saved?: CallsState) {
		this.known = new Map(saved?.known);
		this.cells = new Map(saved?.cells);
		this.answered = saved?.answered ?? [];
	}

	save(): CallsState {
		return {known: [...this.known], cells: [...this.cells], answered: this.answered};
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
				cellId: body.name === 'wait' ? cellOf(body.arguments) : null,
			});
		}

		return null;
	}

	/** Enters a result. Returns what the completed call looks like now, or null when it stands alone. */
	result(body: ToolResult, sequence: number): CallResultRow | null {
		const own = body.callId === null ? undefined : this.known.get(body.callId);
		if (own !== undefined) {
			return this.complete(own, body, sequence);
		}

		const script = body.tool !== null && !body.isModelOutput ? this.runningScript() : undefined;
		if (script !== undefined) {
			return rowOf(script);
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
				cellId: null,
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
			if (body.runningId !== null && call.isCode && body.callId !== null) {
				this.cells.set(body.runningId, body.callId);
			} else if (body.callId !== null) {
				this.forgetLater(body.callId);
			}
		}

		call.exitCode ??= body.exitCode;
		// An end event measures the command itself; the output's header only how long the model waited.
		call.durationMs = body.isModelOutput ? (call.durationMs ?? body.durationMs) : (body.durationMs ?? call.durationMs);
		call.status = laterStatus(call.status, body.status);
		return rowOf(call);
	}

	/** The script that operations without a call of their own belong to: the last one without an end. */
	private runningScript(): KnownCall | undefined {
		const last = [...this.known.values()].findLast(call => call.isCode && call.outputSequence === null);
		if (last?.cellId == null) {
			return last;
		}

		const cell = this.cells.get(last.cellId);
		return cell === undefined ? last : (this.known.get(cell) ?? last);
	}

	private forgetLater(callId: string): void {
		this.answered.push(callId);
		if (this.answered.length > answeredMemory) {
			this.known.delete(this.answered.shift() ?? '');
		}
	}

	private remember(callId: string, call: KnownCall): void {
		this.known.delete(callId);
		this.known.set(callId, call);
		if (this.known.size > memory) {
			for (const oldest of this.known.keys()) {
				this.known.delete(oldest);
				break;
			}
		}
	}
}

const cellOf = (source: string | null): string | null =>
	/"cell_id"\s*:\s*"?([^",}\s]+)/.exec(source ?? '')?.[1] ?? null;

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

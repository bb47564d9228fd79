import type {EventBody, EventKind, ToolCallBody} from '../../model/log-event.js';
import type {LogLine} from '../../model/log-line.js';
import type {Asker} from '../../model/session.js';
import {addUsage, noUsage} from '../../model/token-usage.js';
import type {CopiedPrompts, RolloutReader} from '../format.js';
import {text} from '../json.js';
import {noRows, type Rows, type SessionFacts} from '../rows.js';
import {Calls, type CallsState, callRow, orphanRow} from './calls.js';
import {closeRecord} from './close-record.js';
import {typedText} from './context-text.js';
import {isTitleRequest, noFacts, takeEnvironment, takeMeta, takeModel} from './facts.js';
import {beginCopy, beginThread, type InheritanceState, isInherited, nothingInherited} from './inheritance.js';
import {noPrompts, Prompts, type PromptsState} from './prompts.js';
import {type Envelope, envelopeOf, readRecord} from './read-record.js';
import type {Join, Reading, Source} from './reading.js';
import {type Piece, piecesOf} from './record.js';
import {matchSaid, nothingSaid, type SaidState, summaryIn} from './said.js';
import type {ToolResult} from './tool-result.js';
import {countRecord, countTokens, noUsageYet, type UsageState} from './usage.js';

type Echo = {family: Extract<Join, {as: 'echo'}>['family']; sequence: number; heard: Source[]};

type State = {
	sequence: number;
	facts: SessionFacts;
	hasMeta: boolean;
	said: SaidState;
	calls: CallsState;
	prompts: PromptsState;
	usage: UsageState;
	/** Event of the last counted usage, which repeated lines complete. */
	usageSequence: number | null;
	echo: Echo | null;
	inheritance: InheritanceState;
	/** Event that began the review that is going on, until the turn that holds it ends. */
	review: {sequence: number; hasExited: boolean; request: string | null} | null;
	/** The last thing said was a command to compact: what follows is its summary. */
	compactsAt: number | null;
	/** A turn was aborted and nothing came since. */
	hasJustAborted: boolean;
	/** A picture was called for and nothing was said since. */
	hasJustViewed: boolean;
	hasTurnMarkers: boolean;
	model: string | null;
	/** Stays until changed (reference 14.4). */
	serviceTier: string | null;
};

const start = (): State => ({
	sequence: 0,
	facts: noFacts(),
	hasMeta: false,
	said: nothingSaid(),
	calls: {known: [], cells: [], answered: []},
	prompts: noPrompts(),
	usage: noUsageYet(),
	usageSequence: null,
	echo: null,
	inheritance: nothingInherited(),
	review: null,
	compactsAt: null,
	hasJustAborted: false,
	hasJustViewed: false,
	hasTurnMarkers: false,
	model: null,
	serviceTier: null,
});

/** Kinds that prepare a turn: they belong to the prompt that follows. */
const setupKinds = new Set<EventKind>(['turn-start', 'turn-context', 'session-meta', 'snapshot']);

/** Kinds that are work of a turn: what stands before them belongs to the turn before. */
const contentKinds = new Set<EventKind>(['reasoning', 'tool-call', 'turn-end', 'turn-aborted', 'plan', 'rollback']);

/** Kinds that are never part of a review: what ends its turn, and what counts for the session. */
const outsideKinds = new Set<Reading['body']['kind']>(['turn-end', 'turn-aborted', 'token-usage']);

/** Reads one Codex rollout of any era (format reference, all sections) into rows. */
export class CodexReader implements RolloutReader {
	private rows: Rows = noRows();
	/** Whether the record at hand is a copy of the parent's. */
	private isCopy = false;
	private readonly state: State;
	private readonly calls: Calls;
	private readonly prompts: Prompts;

	constructor(
		private readonly fileName: string,
		saved: string | null,
		copied?: CopiedPrompts,
	) {
		this.state = saved === null ? start() : (JSON.parse(saved) as State);
		this.state.inheritance.known ??= copied ?? null;
		this.calls = new Calls(this.state.calls);
		this.prompts = new Prompts(() => this.rows, this.state.prompts);
	}

	read(line: LogLine): void {
		const pieces: Piece[] = line.tail === undefined ? piecesOf(line.bytes) : [closeRecord(line)];
		for (const piece of pieces) {
			if ('value' in piece) {
				this.readEnvelope(envelopeOf(piece.value), line, piece);
			} else {
				this.state.facts.problemCount++;
				this.rows.problems.push({
					sequence: this.state.sequence++,
					line: line.line,
					offset: line.offset + piece.offset,
					length: piece.length,
					reason: line.isUnfinished ? 'unfinished last line' : piece.reason,
				});
			}
		}
	}

	take(): Rows {
		this.prompts.flush();
		const {rows} = this;
		const dropped = new Set(rows.droppedMessages);
		if (dropped.size > 0) {
			rows.messages = rows.messages.filter(({sequence}) => !dropped.has(sequence));
		}

		this.rows = noRows();
		return rows;
	}

	facts(): SessionFacts {
		return structuredClone(this.state.facts);
	}

	hasPrompt(): boolean {
		return this.state.prompts.number > 0;
	}

	sequence(): number {
		return this.state.sequence;
	}

	save(): string {
		return JSON.stringify({...this.state, calls: this.calls.save()});
	}

	private readEnvelope(envelope: Envelope, line: LogLine, piece: Piece): void {
		const {state} = this;
		const {facts} = state;
		if (envelope.at !== null) {
			facts.startedAt ??= envelope.at;
			facts.endedAt = envelope.at;
		}

		if (envelope.type === 'history') {
			facts.threadId ??= text(envelope.payload, 'session_id') ?? text(envelope.payload, 'conversation_id');
		}

		if (envelope.type === 'session_meta' && !state.hasMeta) {
			state.hasMeta = true;
			takeMeta(facts, envelope.payload, envelope.at === null, this.fileName);
			state.prompts.needsEvent ||= text(envelope.payload, 'history_mode') === 'paginated';
			this.takeCopied();
			beginThread(state.inheritance, envelope);
			state.usage.isContinued = facts.base !== null;
		} else if (envelope.type === 'session_meta' && beginCopy(state.inheritance, facts.threadId, envelope)) {
			facts.kind = facts.kind === 'main' ? 'fork' : facts.kind;
			facts.forkedFromThreadId ??= state.inheritance.copiedFrom;
		}

		const isOwnMeta = envelope.type === 'session_meta' && text(envelope.payload, 'id') === facts.threadId;
		this.isCopy = isInherited(state.inheritance, envelope, state.prompts.number) && !isOwnMeta;

		for (const [part, reading] of readRecord(envelope).entries()) {
			const sequence = state.sequence++;
			const completes = this.enter(reading, sequence, envelope);
			const kind: EventKind = reading.body.kind === 'tool-result' ? 'tool-call' : reading.body.kind;
			this.rows.events.push({
				sequence,
				line: line.line,
				at: envelope.at,
				kind,
				offset: line.offset + piece.offset,
				length: piece.length,
				part,
				completes,
				inside: this.insideReview(sequence, reading.body.kind),
				isInherited: this.isCopy,
			});
		}
	}

	/** A comparison with other threads showed this one to be a fork, which its own lines may not say. */
	private takeCopied(): void {
		const {facts, inheritance} = this.state;
		if (inheritance.known !== null && inheritance.known.count > 0) {
			facts.kind = facts.kind === 'main' ? 'fork' : facts.kind;
			facts.forkedFromThreadId ??= inheritance.known.threadId;
		}
	}

	/** Joins a reading to what came before. Returns the sequence of the event it completes. */
	private enter(reading: Reading, sequence: number, envelope: Envelope): number | null {
		const {body, join} = reading;
		if (body.kind === 'tool-result') {
			return this.enterResult(body, sequence, envelope.at);
		}

		let completes: number | null = null;
		switch (join.as) {
			case 'asked': {
				return this.enterQuestion(reading, join, sequence, envelope.at);
			}

			case 'said': {
				completes = this.enterSaid(join, sequence);
				break;
			}

			case 'call': {
				completes = body.kind === 'tool-call' ? this.enterCall(body, sequence) : null;
				break;
			}

			case 'echo': {
				completes = this.enterEcho(join, body, sequence, envelope.at === null);
				break;
			}

			default: {
				completes = this.enterUsage(body, sequence, envelope);
			}
		}

		if (completes === null) {
			this.noteEvent(body, sequence, envelope.at);
			this.write(body, sequence);
		}

		return completes;
	}

	/** The review that an event is part of: everything from its start to the end of its turn. */
	private insideReview(sequence: number, kind: Reading['body']['kind']): number | null {
		const {review} = this.state;
		return review === null || review.sequence === sequence || outsideKinds.has(kind) ? null : review.sequence;
	}

	private enterSaid(join: Extract<Join, {as: 'said'}>, sequence: number): number | null {
		if (join.channel === 'assistant' && this.state.compactsAt !== null) {
			const compaction = this.state.compactsAt;
			this.state.compactsAt = null;
			return compaction;
		}

		const match = matchSaid(this.state.said, join, sequence);
		for (const joined of match.joined) {
			this.rows.completions.push({sequence: joined, completes: match.completes ?? joined});
		}

		this.prompts.forget(match.joined.length);
		return match.completes;
	}

	private enterEcho(
		join: Extract<Join, {as: 'echo'}>,
		body: EventBody,
		sequence: number,
		isBare: boolean,
	): number | null {
		const summary = body.kind === 'compaction' ? summaryIn(this.state.said, body.text, sequence) : null;
		if (summary !== null) {
			this.rows.completions.push({sequence: summary, completes: sequence});
			this.prompts.forget(1);
		}

		const {echo} = this.state;
		if (echo?.family === join.family && !echo.heard.includes(join.source)) {
			echo.heard.push(join.source);
			return echo.sequence;
		}

		this.state.echo = {family: join.family, sequence, heard: [join.source]};
		if (isBare && join.family === 'compaction') {
			this.state.compactsAt = sequence;
		}

		return null;
	}

	private enterQuestion(
		{body, images}: Reading,
		join: Extract<Join, {as: 'asked'}>,
		sequence: number,
		at: number | null,
	): number | null {
		if (body.kind !== 'message') {
			return null;
		}

		// Parent text copied into a sub-agent, and what a reviewer is asked inside the reviewed session.
		const context = this.contextOfQuestion(join);
		if (context !== null) {
			this.noteEvent(body, sequence, at);
			this.write({...body, context}, sequence);
			return null;
		}

		const before = this.state.prompts.open;
		const wasConfirmed = before?.isConfirmed;
		const completes = this.prompts.ask(join, images ?? [], {
			sequence,
			at,
			asker: this.asker(),
			isInherited: this.isCopy,
		});
		const now = this.state.prompts.open;
		this.notePrompt(join.text, now?.sequence !== before?.sequence || now?.isConfirmed !== wasConfirmed);
		if (completes === null) {
			this.prompts.note(sequence, at, false, false);
			if (this.state.prompts.open?.sequence !== sequence) {
				this.write(body, sequence);
			}
		}

		return completes;
	}

	/** Why something of role user is no prompt, although it is no injected block. */
	private contextOfQuestion(join: Extract<Join, {as: 'asked'}>): string | null {
		if (join.isInherited) {
			return 'inherited';
		}

		// Releases of 2025 show a viewed picture to the model as a message of its own.
		if (join.text.trim() === '' && this.state.hasJustViewed) {
			return 'view_image';
		}

		return this.isReviewRequest(join.text) ? 'review request' : null;
	}

	/** What the reviewer is asked, once or twice; anything else that is asked ends a review that was cut short. */
	private isReviewRequest(asked: string): boolean {
		const {review} = this.state;
		if (review === null) {
			return false;
		}

		const request = asked.slice(0, 200);
		review.request ??= request;
		if (review.hasExited || review.request !== request) {
			this.state.review = null;
			return false;
		}

		return true;
	}

	/** Keeps the session's facts in step with its prompts. */
	private notePrompt(asked: string, isPrompt: boolean): void {
		const {facts, prompts} = this.state;
		facts.promptCount = prompts.ownCount;
		if (isPrompt && facts.kind === 'main' && isTitleRequest(facts, asked)) {
			facts.kind = 'title-generation';
		}

		const title = typedText(asked).trim();
		// A fork is told from its parent by the first prompt of its own.
		const isFirst = prompts.number === 1 || (!this.isCopy && prompts.ownCount === 1);
		if (isPrompt && title !== '' && (facts.firstPrompt === null || isFirst)) {
			facts.firstPrompt = title.slice(0, 400);
		}
	}

	private asker(): Asker {
		const {kind} = this.state.facts;
		return kind === 'main' || kind === 'fork' ? 'person' : kind === 'sub-agent' ? 'agent' : 'codex';
	}

	/** Enters a call; when its result came first, the call tells what that result was of. */
	private enterCall(body: ToolCallBody, sequence: number): number | null {
		const known = this.calls.call(body, sequence);
		if (known !== null) {
			this.rows.calls.push({...callRow(known.sequence, body), ...known});
		}

		return known?.sequence ?? null;
	}

	private enterResult(body: ToolResult, sequence: number, at: number | null): number | null {
		const call = this.calls.result(body, sequence);
		if (call !== null) {
			this.rows.callResults.push(call);
			return call.sequence;
		}

		this.state.facts.toolCallCount++;
		this.prompts.noteToolCall();
		this.prompts.note(sequence, at, false, true);
		this.rows.calls.push(orphanRow(sequence, body));
		return null;
	}

	/** Counts usage lines: one event per response, however often Codex repeats its numbers. */
	private enterUsage(body: EventBody, sequence: number, envelope: Envelope): number | null {
		if (body.kind !== 'token-usage') {
			return null;
		}

		const {state} = this;
		const isRecord = envelope.type === 'token_usage_record';
		if (!isRecord && body.total === null) {
			return null;
		}

		const share =
			isRecord && body.last !== null
				? countRecord(state.usage, body.last, envelope.payload, state.facts.threadId)
				: body.total === null
					? body.own
					: countTokens(state.usage, body.total, body.last);
		// The parent's usage is counted there; its total is where this thread's counting begins.
		const own = this.isCopy ? noUsage : share;
		if (own.totalTokens === 0 && state.usageSequence !== null) {
			return state.usageSequence;
		}

		body.own = own;
		state.usageSequence = sequence;
		state.facts.usage = addUsage(state.facts.usage, own);
		this.prompts.noteUsage(own);
		return null;
	}

	private noteEvent(body: EventBody, sequence: number, at: number | null): void {
		const {state} = this;
		const {facts} = state;
		state.hasJustAborted &&= body.kind === 'token-usage' || body.kind === 'rollback';
		state.hasJustViewed &&= body.kind !== 'tool-call' && body.kind !== 'message';
		const isAnswer = body.kind === 'message' && body.role === 'assistant';
		const isContext = body.kind === 'message' && body.context !== null;
		this.prompts.note(sequence, at, setupKinds.has(body.kind) || isContext, contentKinds.has(body.kind) || isAnswer);
		switch (body.kind) {
			case 'message': {
				if (isAnswer) {
					this.prompts.noteWords(body.text.trim());
				}

				if (isAnswer && !state.hasTurnMarkers) {
					this.prompts.answered();
				} else if (isContext) {
					takeEnvironment(facts, body.text);
				}

				break;
			}

			case 'tool-call': {
				facts.toolCallCount += this.isCopy ? 0 : 1;
				this.prompts.noteToolCall();
				state.hasJustViewed = body.tool === 'view-image';
				this.prompts.noteWords(body.callId ?? body.name);
				break;
			}

			case 'turn-context': {
				facts.cwd ??= body.cwd;
				state.model = body.model ?? state.model;
				state.serviceTier = body.serviceTier ?? state.serviceTier;
				takeModel(facts, this.isCopy ? null : body.model);
				break;
			}

			case 'turn-start': {
				state.hasTurnMarkers = true;
				break;
			}

			case 'turn-end': {
				state.review = null;
				facts.turnTimeMs =
					body.durationMs === null || this.isCopy ? facts.turnTimeMs : (facts.turnTimeMs ?? 0) + body.durationMs;
				this.prompts.end(body.error === null ? 'done' : 'failed', at);
				break;
			}

			case 'turn-aborted': {
				this.prompts.end('aborted', at);
				state.hasJustAborted = true;
				state.review = null;
				break;
			}

			case 'rollback': {
				// Right after an interruption, the client only takes the prompt back into its composer.
				if (!(state.hasJustAborted && body.turns === 1)) {
					this.prompts.rollBack(body.turns);
				}

				break;
			}

			case 'review': {
				if (body.entered) {
					state.review = {sequence, hasExited: false, request: null};
				} else if (state.review !== null) {
					state.review.hasExited = true;
				}

				break;
			}

			case 'name': {
				facts.name = this.isCopy ? facts.name : body.name;
				break;
			}

			default: {
				break;
			}
		}
	}

	/** Writes the row of an event's own table. */
	private write(body: EventBody, sequence: number): void {
		const {rows} = this;
		switch (body.kind) {
			case 'message': {
				const {role, phase, context, text: content, images} = body;
				rows.messages.push({sequence, role, phase, context, text: content, imageCount: images.length});
				break;
			}

			case 'reasoning': {
				rows.reasoning.push({sequence, text: body.text, encrypted: body.encrypted});
				break;
			}

			case 'tool-call': {
				rows.calls.push(callRow(sequence, body));
				if (body.steps !== undefined) {
					rows.plans.push({sequence, explanation: body.explanation ?? null, steps: JSON.stringify(body.steps)});
				}

				break;
			}

			case 'token-usage': {
				const {own, last, total, contextWindow} = body;
				const {model, serviceTier} = this.state;
				// A repeated or inherited line writes nothing to the cache again.
				const cacheWriteTokens = own.inputTokens > 0 ? Math.min(own.inputTokens, body.cacheWriteTokens) : 0;
				rows.usage.push({sequence, model, serviceTier, cacheWriteTokens, own, last, total, contextWindow});
				break;
			}

			case 'turn-context': {
				const {cwd, model, effort, approvalPolicy, sandbox} = body;
				rows.contexts.push({sequence, cwd, model, effort, approvalPolicy, sandbox});
				break;
			}

			default: {
				rows.notes.push({sequence, ...noteOf(body)});
			}
		}
	}
}

type NotedBody = Exclude<EventBody, {kind: 'message' | 'reasoning' | 'tool-call' | 'token-usage' | 'turn-context'}>;

/** Label and one line of text for events without a table of their own. */
const noteOf = (body: NotedBody): {label: string; text: string} => {
	switch (body.kind) {
		case 'session-meta': {
			return {label: body.cliVersion ?? '', text: body.cwd ?? ''};
		}

		case 'turn-start': {
			return {label: 'turn', text: body.turnId ?? ''};
		}

		case 'turn-end': {
			return {label: 'turn', text: body.error ?? ''};
		}

		case 'turn-aborted': {
			return {label: 'turn', text: body.reason ?? ''};
		}

		case 'rollback': {
			return {label: 'rollback', text: String(body.turns)};
		}

		case 'name': {
			return {label: 'name', text: body.name ?? ''};
		}

		case 'notice': {
			return {label: body.level, text: body.text};
		}

		case 'review': {
			return {label: body.entered ? 'entered' : 'exited', text: body.text};
		}

		case 'unknown': {
			return {label: body.type, text: ''};
		}

		case 'user-command': {
			return {label: body.exitCode === null ? '' : String(body.exitCode), text: body.command ?? ''};
		}

		case 'plan':
		case 'compaction':
		case 'snapshot': {
			return {label: body.kind, text: body.text};
		}
	}
};

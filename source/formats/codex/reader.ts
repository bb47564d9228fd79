import type {EventBody, EventKind, ToolCallBody} from '../../model/log-event.js';
import type {LogLine} from '../../model/log-line.js';
import type {Asker} from '../../model/session.js';
import {addUsage, noUsage} from '../../model/token-usage.js';
import type {CopiedPrompts, RolloutReader} from '../format.js';
import {text} from '../json.js';
import {type CallResultRow, noRows, type Rows, type SessionFacts} from '../rows.js';
import {Calls, callRow, orphanRow} from './calls.js';
import {closeRecord} from './close-record.js';
import {planInside, tellingText} from './context-text.js';
import {isTitleRequest, takeEnvironment, takeMeta, takeModel} from './facts.js';
import {beginCopy, beginThread, isInherited} from './inheritance.js';
import {subjectOfMail} from './mail.js';
import {Prompts} from './prompts.js';
import {type Envelope, envelopeOf, readRecord} from './read-record.js';
import {freshState, type ReaderState, restoredState} from './reader-state.js';
import type {Join, Reading} from './reading.js';
import {type Piece, piecesOf} from './record.js';
import {insideReview, isReviewerAtWork, requestRepeatedBy, reviewAfter, reviewAfterAsking} from './review-state.js';
import {matchSaid, SaidText, summaryIn} from './said.js';
import {Skimmer} from './skim/skim.js';
import type {ToolResult} from './tool-result.js';
import {countRecord, countTokens, goesOn} from './usage.js';
import {writeEvent} from './write-event.js';

/** Kinds that prepare a turn: they belong to the prompt that follows. */
const setupKinds = new Set<EventKind>(['turn-start', 'turn-context', 'session-meta', 'snapshot']);

/** Kinds that are work of a turn: what stands before them belongs to the turn before. */
const contentKinds = new Set<EventKind>(['reasoning', 'tool-call', 'turn-end', 'turn-aborted', 'plan', 'rollback']);

const carriageReturn = 0x0d;

/** A line of a log whose line ends were made those of Windows. */
const withoutReturn = (line: Buffer): Buffer =>
	line[line.length - 1] === carriageReturn ? line.subarray(0, -1) : line;

/** Reads one Codex rollout of any era (format reference, all sections) into rows. */
export class CodexReader implements RolloutReader {
	private rows: Rows = noRows();
	/** Whether the record at hand is a copy of the parent's. */
	private isCopy = false;
	private readonly state: ReaderState;
	private readonly calls: Calls;
	private readonly prompts: Prompts;
	private readonly skimmer = new Skimmer();

	constructor(
		private readonly fileName: string,
		saved: string | null,
		copied?: CopiedPrompts,
		/** False parses every line as a whole. */
		private readonly isSkimming = true,
	) {
		this.state = saved === null ? freshState() : restoredState(saved);
		this.state.inheritance.known ??= copied ?? null;
		this.calls = new Calls(this.state.calls);
		this.prompts = new Prompts(() => this.rows, this.state.prompts);
	}

	read(line: LogLine): void {
		const isWhole = line.tail === undefined && !line.isUnfinished;
		const record = withoutReturn(line.bytes);
		const skimmed = isWhole && this.isSkimming ? this.skimmer.read(record) : undefined;
		if (skimmed !== undefined) {
			this.readEnvelope(skimmed, line, {offset: 0, length: record.length});
			return;
		}

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
		this.rows = noRows();
		return rows;
	}

	facts(): SessionFacts {
		const {facts} = this.state;
		return {...facts, models: [...facts.models]};
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

	private readEnvelope(envelope: Envelope, line: LogLine, piece: {offset: number; length: number}): void {
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

		const readings = readRecord(envelope);
		for (let part = 0; part < readings.length; part++) {
			const reading = readings[part] as Reading;
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
				inside: insideReview(state.review, sequence, reading.body.kind),
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
			writeEvent(this.rows, body, sequence, this.state);
		}

		return completes;
	}

	private enterSaid(join: Extract<Join, {as: 'said'}>, sequence: number): number | null {
		if (join.channel === 'assistant' && this.state.compactsAt !== null) {
			const compaction = this.state.compactsAt;
			this.state.compactsAt = null;
			return compaction;
		}

		// A plan is told by an item of its own, and by the answer that holds it.
		const plan = join.channel === 'assistant' && this.state.plan !== null ? planInside(join.texts[0] ?? '') : null;
		if (plan !== null && this.state.plan?.text.is(plan)) {
			return this.state.plan.sequence;
		}

		const match = matchSaid(this.state.said, join, sequence, isReviewerAtWork(this.state.review));
		for (const joined of match.joined) {
			this.rows.completions.push({sequence: joined, completes: match.completes ?? joined});
		}

		this.prompts.forget(match.joined);
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
			this.prompts.forget([summary]);
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

		const repeated = requestRepeatedBy(this.state.review, join.text);
		if (repeated !== null) {
			return repeated;
		}

		// Parent text copied into a sub-agent, and what a reviewer is asked inside the reviewed session.
		const context = this.contextOfQuestion(join, sequence);
		if (context !== null) {
			this.noteEvent(body, sequence, at);
			writeEvent(this.rows, {...body, context}, sequence, this.state);
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
				writeEvent(this.rows, body, sequence, this.state);
			}
		}

		return completes;
	}

	/** Why something of role user is no prompt, although it is no injected block. */
	private contextOfQuestion(join: Extract<Join, {as: 'asked'}>, sequence: number): string | null {
		if (join.isInherited) {
			return 'inherited';
		}

		// Releases of 2025 show a viewed picture to the model as a message of its own.
		if (join.text.trim() === '' && this.state.hasJustViewed) {
			return 'view_image';
		}

		this.state.review = reviewAfterAsking(this.state.review, join.text, sequence);
		return this.state.review === null ? null : 'review request';
	}

	/** Keeps the session's facts in step with its prompts. */
	private notePrompt(asked: string, isPrompt: boolean): void {
		const {facts, prompts} = this.state;
		facts.promptCount = prompts.ownCount;
		if (isPrompt && facts.kind === 'main' && isTitleRequest(facts, asked)) {
			facts.kind = 'title-generation';
		}

		const title = tellingText(asked).trim();
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
		const told = this.calls.result(body, sequence);
		if (told !== null) {
			for (const call of told) {
				this.noteResult(call);
			}

			return told[0].sequence;
		}

		this.state.facts.toolCallCount++;
		this.prompts.noteToolCall();
		this.prompts.note(sequence, at, false, true);
		this.rows.calls.push(orphanRow(sequence, body));
		return null;
	}

	private noteResult(call: CallResultRow): void {
		const row = this.rows.calls.findLast(({sequence}) => sequence === call.sequence);
		if (row === undefined) {
			this.rows.callResults.push(call);
		} else {
			Object.assign(row, call);
		}
	}

	/** Counts usage lines: one event per response, however often Codex repeats its numbers. */
	private enterUsage(body: EventBody, sequence: number, envelope: Envelope): number | null {
		if (body.kind !== 'token-usage') {
			return null;
		}

		const {state} = this;
		const isRecord = envelope.type === 'token_usage_record';
		// A reviewer counts what it uses in its own log, from zero (reference 7, inline review).
		const isOwn = isRecord || (body.total !== null && goesOn(state.usage, body.total, body.last));
		if (isReviewerAtWork(state.review) && !isOwn) {
			return state.review.sequence;
		}

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
				} else if (body.role === 'agent' && facts.kind === 'sub-agent' && !this.isCopy) {
					// Agents of the second generation get their task by mail.
					facts.firstPrompt ??= subjectOfMail(body.text).slice(0, 400);
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

			case 'plan': {
				state.plan = {sequence, text: new SaidText(body.text.trim())};
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
				state.review = reviewAfter(state.review, body.entered, sequence);

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
}

import type {Choice, FoundValue, Subject} from '../disclose/triage.js';
import type {DecisionAction, DecisionScope} from '../model/decision.js';
import type {SessionId} from '../model/session.js';
import {type Command, type CommandContext, say} from './command.js';
import type {Covering} from './covering.js';
import {openEntry} from './entry.js';
import {keyOf} from './key-lookup.js';
import {selectedId} from './list-state.js';
import {type MenuId, otherReason} from './menus.js';
import {headRow, moveSelection, type SelectionMove, selectedText, startSelection, wordsOf} from './selection.js';
import type {Overlay} from './state.js';

/** What a person is being asked about, by menus one after the other. */
export type Deciding = {
	session: SessionId;
	subject: Subject;
	action: DecisionAction;
	scope: DecisionScope;
	replacement: string | null;
	/** The row of the findings to come back to. */
	finding: number | undefined;
};

type Findings = Extract<Overlay, {kind: 'findings'}>;

const selectedSession = ({state, data}: CommandContext): SessionId | undefined =>
	data.sessions.item(selectedId(state().lists.sessions))?.session.id;

const selectedEvent = ({state}: CommandContext): number | undefined => {
	const id = selectedId(state().lists.events);
	return typeof id === 'number' ? id : undefined;
};

const tell = ({dispatch}: CommandContext, text: string, level: 'info' | 'warning' | 'error'): void =>
	dispatch({type: 'notice', notice: {text, level}});

/** Does something about redaction, and says why when it cannot be done. */
const attempt = (context: CommandContext, work: (covering: Covering) => Promise<void>): void => {
	if (context.covering === undefined) {
		say(context, 'Nothing is redacted here.');
		return;
	}

	work(context.covering).catch((error: unknown) =>
		tell(context, error instanceof Error ? error.message : String(error), 'error'),
	);
};

/** Shows the selected session as it is, or redacted again. */
export const toggleReveal: Command = context => {
	const session = selectedSession(context);
	if (session === undefined) {
		say(context, 'No session is selected.');
		return;
	}

	const isRevealed = !context.state().revealed.has(session);
	attempt(context, async covering => {
		await covering.reveal(session, isRevealed);
		context.dispatch({type: 'reveal', session, isRevealed});
		if (isRevealed) {
			const key = keyOf(context.keys, 'toggleReveal');
			tell(context, `This session is shown as it is, which was noted. ${key} hides it again.`, 'warning');
		} else {
			say(context, 'This session is redacted again.');
		}
	});
};

/** Begins to select in the detail what is to be redacted. */
export const select: Command = context => {
	const {state, data, dispatch} = context;
	const event = selectedEvent(context);
	const {top, match} = state().detail;
	const rows = data.detail.rows();
	const selection = event === undefined ? undefined : startSelection(event, rows, top, match);
	if (selection === undefined) {
		say(context, 'There is no text to select.');
		return;
	}

	dispatch({type: 'focus', pane: 'detail'});
	dispatch({type: 'selection', selection, row: headRow(selection, wordsOf(rows))});
};

export const moveSelected =
	(move: SelectionMove): Command =>
	({state, data, dispatch}) => {
		const {selection} = state();
		const words = wordsOf(data.detail.rows());
		if (selection) {
			const moved = moveSelection(selection, move, words);
			dispatch({type: 'selection', selection: moved, row: headRow(moved, words)});
		}
	};

export const endSelection: Command = ({dispatch}) => dispatch({type: 'selection', selection: undefined});

const openMenu = ({dispatch}: CommandContext, menu: MenuId, index = 0): void =>
	dispatch({type: 'open', overlay: {kind: 'menu', menu, index}});

/** Asks where and why, then decides. */
const ask = (context: CommandContext, deciding: Deciding): void => {
	context.dispatch({type: 'deciding', deciding});
	const {what} = deciding.subject;
	if (what === 'event' || what === 'prompt') {
		openMenu(context, 'redactReason');
	} else {
		openMenu(context, 'scope', deciding.action === 'allow' ? 1 : 0);
	}
};

/** Redacts what is selected in the detail. */
export const redactSelected: Command = context => {
	const {selection, lists} = context.state();
	const session = selectedSession(context);
	const event = selectedEvent(context);
	const prompt = selectedId(lists.prompts);
	if (selection === undefined || session === undefined || event === undefined) {
		return;
	}

	const words = wordsOf(context.data.detail.rows());
	const subject: Subject =
		selection.unit === 'words'
			? {what: 'selection', event, text: selectedText(selection, words)}
			: selection.unit === 'prompt' && typeof prompt === 'number'
				? {what: 'prompt', prompt}
				: {what: 'event', event};
	ask(context, {session, subject, action: 'redact', scope: 'place', replacement: null, finding: undefined});
};

export const chooseScope = (context: CommandContext, value: string): void => {
	const {deciding} = context.state();
	if (deciding) {
		context.dispatch({type: 'deciding', deciding: {...deciding, scope: value as DecisionScope}});
		openMenu(context, deciding.action === 'allow' ? 'allowReason' : 'redactReason');
	}
};

export const chooseReason = (context: CommandContext, value: string): void => {
	if (value === otherReason) {
		context.dispatch({type: 'open', overlay: openEntry({what: 'reason'}, '')});
	} else {
		decide(context, value);
	}
};

/** Takes a decision back to where it was begun. */
const comeBack = ({dispatch}: CommandContext, {session, finding}: Deciding): void => {
	dispatch({type: 'deciding', deciding: undefined});
	dispatch({type: 'selection', selection: undefined});
	if (finding === undefined) {
		dispatch({type: 'close'});
	} else {
		dispatch({type: 'open', overlay: {kind: 'findings', session, index: finding}});
	}
};

/** Nothing is decided after all. */
export const leaveDeciding: Command = context => {
	const {deciding} = context.state();
	if (deciding) {
		comeBack(context, deciding);
	} else {
		context.dispatch({type: 'close'});
	}
};

/** What was asked is known: it is written down, and shown everywhere. */
export const decide = (context: CommandContext, reason: string): void => {
	const {deciding} = context.state();
	if (deciding === undefined) {
		return;
	}

	const {session, subject, action, scope, replacement} = deciding;
	const choice: Choice = {action, scope, reason, replacement};
	comeBack(context, deciding);
	attempt(context, async ({triage}) => {
		const count = await triage.decide(session, subject, choice);
		if (count === 0) {
			say(context, 'That is no text of the event as it stands in the log, or it is redacted already.');
			return;
		}

		const undo = deciding.finding === undefined ? '' : ` ${keyOf(context.keys, 'undoDecision')} takes it back.`;
		say(context, action === 'allow' ? `It is shown from now on.${undo}` : `It is redacted from now on.${undo}`);
		context.data.findings.reload();
	});
};

/** Lists what was found in the selected session. */
export const openFindings: Command = context => {
	const session = selectedSession(context);
	if (session === undefined) {
		say(context, 'No session is selected.');
		return;
	}

	context.data.findings.load(session);
	context.dispatch({type: 'open', overlay: {kind: 'findings', session, index: 0}});
};

const findingsOf = ({state}: CommandContext): Findings | undefined => {
	const {overlay} = state();
	return overlay?.kind === 'findings' ? overlay : undefined;
};

const selectedFinding = (context: CommandContext): FoundValue | undefined =>
	context.data.findings.values()[findingsOf(context)?.index ?? -1];

export const moveFindings =
	(by: number): Command =>
	context => {
		const {length} = context.data.findings.values();
		const index = findingsOf(context)?.index ?? 0;
		context.dispatch({type: 'move-findings', index: Math.max(0, Math.min(length - 1, index + by))});
	};

const aboutFinding = (
	context: CommandContext,
	action: DecisionAction,
	more: Partial<Deciding> = {},
): Deciding | undefined => {
	const overlay = findingsOf(context);
	const found = selectedFinding(context);
	return overlay && found
		? {
				session: overlay.session,
				subject: {what: 'finding', key: found.key},
				action,
				scope: 'session',
				replacement: null,
				finding: overlay.index,
				...more,
			}
		: undefined;
};

/** Keeps a find redacted, whatever rules will say. */
export const acceptFinding: Command = context => {
	const deciding = aboutFinding(context, 'redact');
	if (deciding) {
		context.dispatch({type: 'deciding', deciding});
		decide(context, 'Confirmed');
	}
};

/** Shows a find that is none. */
export const allowFinding: Command = context => {
	const deciding = aboutFinding(context, 'allow');
	if (deciding) {
		ask(context, deciding);
	}
};

/** Chooses what stands for a find. */
export const editFinding: Command = context => {
	const deciding = aboutFinding(context, 'redact');
	if (deciding) {
		context.dispatch({type: 'deciding', deciding});
		context.dispatch({type: 'open', overlay: openEntry({what: 'replacement'}, '')});
	}
};

/** What was typed stands for the find from now on; nothing leaves its placeholder. */
export const nameFinding = (context: CommandContext, replacement: string): void => {
	const {deciding} = context.state();
	if (deciding) {
		context.dispatch({type: 'deciding', deciding: {...deciding, replacement: replacement === '' ? null : replacement}});
		openMenu(context, 'redactReason');
	}
};

/** Shows where a find stands first. */
export const visitFinding: Command = context => {
	const overlay = findingsOf(context);
	const place = selectedFinding(context)?.places.find(({event}) => event !== null);
	if (!overlay || !place) {
		say(context, 'It stands in what is known of the session, not in one of its events.');
		return;
	}

	const {event, promptId} = place;
	context.dispatch({
		type: 'go',
		to: {session: overlay.session, prompt: promptId ?? undefined, event: event ?? undefined, focus: 'detail'},
	});
};

export const undoDecision: Command = context =>
	attempt(context, async ({triage}) => {
		const undone = await triage.undo();
		say(context, undone === undefined ? 'There is nothing to take back.' : 'The last decision is taken back.');
		context.data.findings.reload();
	});

/** Shows the selected event as it is beside what would leave of it. */
export const compare: Command = context => {
	const event = selectedEvent(context);
	if (event === undefined) {
		say(context, 'No event is selected.');
		return;
	}

	context.data.comparison.load(event);
	context.dispatch({type: 'open', overlay: {kind: 'compare', top: 0, rowCount: 0}});
};

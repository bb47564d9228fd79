import type {ToolKind} from '../model/log-event.js';
import type {EventSummary} from '../model/session.js';
import type {Tone} from '../text/span.js';

/** How a kind of event is recognised in a list. Glyphs are ASCII: one cell in every terminal and font. */
export type EventLook = {
	glyph: string;
	tone: Tone;
	/** Stands before the text, where the text alone would not say what it is. */
	word?: string;
};

const toolLooks: Record<ToolKind, EventLook> = {
	command: {glyph: '$', tone: 'tool'},
	patch: {glyph: '+', tone: 'added', word: 'patch'},
	plan: {glyph: '#', tone: 'accent', word: 'plan'},
	mcp: {glyph: '@', tone: 'tool'},
	'view-image': {glyph: '%', tone: 'tool', word: 'image'},
	'web-search': {glyph: '/', tone: 'tool', word: 'web'},
	agent: {glyph: '&', tone: 'tool', word: 'agent'},
	code: {glyph: '{', tone: 'tool', word: 'script'},
	other: {glyph: ':', tone: 'tool'},
};

const kindLooks: Record<Exclude<EventSummary['kind'], 'message' | 'tool-call'>, EventLook> = {
	prompt: {glyph: '>', tone: 'user'},
	reasoning: {glyph: '~', tone: 'reasoning'},
	'token-usage': {glyph: '=', tone: 'dim', word: 'tokens'},
	'turn-context': {glyph: '.', tone: 'dim', word: 'turn settings'},
	'session-meta': {glyph: '.', tone: 'dim', word: 'session starts'},
	'turn-start': {glyph: '.', tone: 'dim', word: 'turn starts'},
	'turn-end': {glyph: '.', tone: 'dim', word: 'turn ends'},
	'turn-aborted': {glyph: 'x', tone: 'warning', word: 'stopped'},
	'user-command': {glyph: '$', tone: 'user', word: 'you ran'},
	plan: {glyph: '#', tone: 'accent', word: 'plan'},
	compaction: {glyph: '^', tone: 'warning', word: 'context compacted'},
	review: {glyph: 'r', tone: 'accent', word: 'review'},
	rollback: {glyph: '<', tone: 'warning', word: 'rolled back'},
	name: {glyph: '.', tone: 'dim', word: 'named'},
	notice: {glyph: 'i', tone: 'warning', word: 'notice'},
	snapshot: {glyph: '.', tone: 'dim', word: 'snapshot'},
	unknown: {glyph: '?', tone: 'warning'},
	problem: {glyph: '!', tone: 'error', word: 'unreadable'},
};

/** What tells the kind of an event. */
export type KindOfEvent = Pick<EventSummary, 'kind' | 'label' | 'tool' | 'context'>;

const messageLook = ({label, context}: KindOfEvent): EventLook => {
	if (context !== null) {
		return {glyph: '.', tone: 'dim', word: context};
	}

	if (label === 'assistant') {
		return {glyph: '*', tone: 'assistant'};
	}

	if (label === 'user') {
		return {glyph: '>', tone: 'user'};
	}

	return label === 'agent'
		? {glyph: '&', tone: 'tool', word: 'agent'}
		: {glyph: '.', tone: 'dim', word: label ?? 'message'};
};

export const eventLook = (event: KindOfEvent): EventLook => {
	if (event.kind === 'message') {
		return messageLook(event);
	}

	if (event.kind !== 'tool-call') {
		return kindLooks[event.kind];
	}

	const look = toolLooks[event.tool ?? 'other'];
	return look.word === undefined && event.tool !== 'command' && event.label !== null
		? {...look, word: event.label}
		: look;
};

const technicalKinds = new Set<EventSummary['kind']>([
	'token-usage',
	'turn-context',
	'session-meta',
	'turn-start',
	'turn-end',
	'name',
	'snapshot',
]);

/** Bookkeeping of the agent rather than talk or work: drawn dim, and hidden until asked for. */
export const isTechnical = (event: EventSummary): boolean =>
	technicalKinds.has(event.kind) ||
	(event.kind === 'reasoning' && event.text === '') ||
	(event.kind === 'message' && (event.context !== null || event.label === 'developer' || event.label === 'system'));

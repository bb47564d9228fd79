import type {SessionId} from '../model/session.js';
import {dateTimeLabel} from '../text/labels.js';
import type {CommandContext} from './command.js';
import {isThreadId} from './filing.js';
import {isFiltered, selectedId} from './list-state.js';
import type {ReportScope} from './menus.js';
import type {SessionItem} from './session-feed.js';

/** A part of a report: a session, or the prompt or event of it that `at` tells (`#2`, `:118`). */
type Part = {session: SessionId; threadId: string; at: string};

/** What a report is about; without parts, about every session. */
export type ReportSubject = {parts: readonly Part[]; name: string};

/** What stands before a person is the likeliest to be reported. */
export const scopeInFocus = ({state}: CommandContext): ReportScope => {
	const {focus, marked} = state();
	if (focus === 'sessions') {
		return marked.size > 0 ? 'marked' : 'session';
	}

	return focus === 'prompts' ? 'prompt' : 'event';
};

const selectedItem = ({state, data}: CommandContext): SessionItem | undefined =>
	data.sessions.item(selectedId(state().lists.sessions));

const partOf = ({session}: SessionItem, at = ''): Part => ({session: session.id, threadId: session.threadId, at});

/** The beginning of an id, as far as sessions of the same minute differ. */
const shortId = (threadId: string): string => threadId.replaceAll(/[^\w-]+/g, '-').slice(0, 13);

const ofSession = (context: CommandContext, scope: 'session' | 'prompt' | 'event'): ReportSubject | string => {
	const {state, data} = context;
	const item = selectedItem(context);
	if (!item || item.isReading) {
		return item ? 'This session is still being read.' : 'No session is selected.';
	}

	const {lists} = state();
	const name = `session-${shortId(item.session.threadId)}`;
	if (scope === 'prompt') {
		const number = data.prompts.numberOf(selectedId(lists.prompts));
		return number === undefined
			? 'No prompt of a person is selected.'
			: {parts: [partOf(item, `#${number}`)], name: `${name}-prompt-${number}`};
	}

	if (scope === 'event') {
		const line = data.events.event(selectedId(lists.events))?.line;
		return line === undefined
			? 'No event is selected.'
			: {parts: [partOf(item, `:${line}`)], name: `${name}-line-${line}`};
	}

	return {parts: [partOf(item)], name};
};

/** Sessions of the list, or those of them that have a mark. */
const ofList = ({state, data, now}: CommandContext, scope: 'marked' | 'listed'): ReportSubject | string => {
	const {marked, lists} = state();
	const name = `sessions-${dateTimeLabel(now().toISOString()).slice(0, 10)}`;
	if (scope === 'marked') {
		const items = [...data.sessions.stored()].filter(({session}) => marked.has(session.threadId));
		return items.length > 0 ? {parts: items.map(item => partOf(item)), name} : 'No session is marked.';
	}

	if (!isFiltered(lists.sessions)) {
		return lists.sessions.ids.length > 0 ? {parts: [], name} : 'There are no sessions yet.';
	}

	// Sessions that only tell where others belong were not asked for.
	const found = lists.sessions.ids.filter(id => !data.sessions.kin(id).isContext);
	const parts = found.flatMap(id => data.sessions.item(id) ?? []).filter(({isReading}) => !isReading);
	return parts.length > 0 ? {parts: parts.map(item => partOf(item)), name} : 'The filter shows no session.';
};

/** What a scope means now; a sentence where it means nothing. */
export const subjectOf = (context: CommandContext, scope: ReportScope): ReportSubject | string =>
	scope === 'marked' || scope === 'listed' ? ofList(context, scope) : ofSession(context, scope);

/** As the command names it: by its id, where it has none by its log. */
export const referenceOf = async (context: CommandContext, {session, threadId, at}: Part): Promise<string> => {
	const name = isThreadId(threadId) ? threadId : ((await context.origin(session))?.paths[0] ?? threadId);
	return `${name}${at}`;
};

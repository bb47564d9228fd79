import {type Disposition, foldedName, noteText, tagChange, tagName, viewName} from '../model/annotation.js';
import {UserError} from '../model/problem.js';
import {type Command, type CommandContext, say} from './command.js';
import {completedLine, type Entry, type EntryTarget, openEntry, tagCompletions, typedTags} from './entry.js';
import {keyOf} from './key-lookup.js';
import {lineText} from './line-editor.js';
import {selectedId} from './list-state.js';
import {preludeId} from './prompt-feed.js';
import {decide, leaveDeciding, nameFinding} from './redaction-commands.js';
import {leaveReportFile, typeReportCap, typeReportFile} from './report-commands.js';

const open = ({dispatch}: CommandContext, target: EntryTarget, text: string): void =>
	dispatch({type: 'open', overlay: openEntry(target, text)});

const selectedThread = ({state, data}: CommandContext): string | undefined =>
	data.sessions.item(selectedId(state().lists.sessions))?.session.threadId;

const selectedPrompt = ({state}: CommandContext): number | undefined => {
	const id = selectedId(state().lists.prompts);
	return typeof id === 'number' ? id : undefined;
};

const selectedEvent = ({state}: CommandContext): number | undefined => {
	const id = selectedId(state().lists.events);
	return typeof id === 'number' ? id : undefined;
};

/** In the sessions pane all that are marked, else the one that the panes show. */
const sessionsMeant = (context: CommandContext): readonly string[] => {
	const {focus, marked} = context.state();
	const selected = selectedThread(context);
	return focus === 'sessions' && marked.size > 0 ? [...marked] : selected === undefined ? [] : [selected];
};

/** Types the tags of one session, or those that several have in common. */
export const editTags: Command = context => {
	const {annotations} = context.data;
	const threadIds = sessionsMeant(context);
	const [first, ...others] = threadIds.map(threadId => annotations.session(threadId).tags);
	if (first === undefined) {
		say(context, 'No session is selected to be tagged.');
		return;
	}

	const isShared = (tag: string): boolean =>
		others.every(tags => tags.some(other => foldedName(other) === foldedName(tag)));
	const shared = first.filter(isShared);
	open(context, {what: 'tags', threadIds, shared}, shared.map(tag => `${tag} `).join(''));
};

/** Types the note of what is selected in the pane in focus. */
export const editNote: Command = context => {
	const {state, data} = context;
	const {annotations} = data;
	const {focus, lists} = state();
	const [threadId, prompt, event] = [selectedThread(context), selectedPrompt(context), selectedEvent(context)];
	if (focus === 'sessions' && threadId !== undefined) {
		open(context, {what: 'session-note', threadId}, annotations.session(threadId).note ?? '');
	} else if (focus === 'prompts' && prompt !== undefined) {
		open(context, {what: 'prompt-note', id: prompt}, annotations.prompt(prompt)?.note ?? '');
	} else if ((focus === 'events' || focus === 'detail') && event !== undefined) {
		open(context, {what: 'event-note', id: event}, annotations.event(event)?.note ?? '');
	} else {
		const isPrelude = focus === 'prompts' && selectedId(lists.prompts) === preludeId;
		say(context, isPrelude ? 'The prelude is no prompt: add the note to one of its events.' : 'Nothing is selected.');
	}
};

/** Says what became of the selected prompt. */
export const dispose = (context: CommandContext, value: string): void => {
	const id = selectedPrompt(context);
	if (id !== undefined) {
		const disposition = value === 'none' ? null : (value as Disposition);
		context.data.annotations.change(annotations => annotations.dispose(id, disposition));
	}
};

export const toggleBookmark: Command = context => {
	const {annotations} = context.data;
	const id = selectedEvent(context);
	if (id === undefined) {
		say(context, 'No event is selected.');
		return;
	}

	const isBookmarked = !annotations.event(id)?.isBookmarked;
	annotations.change(async changed => {
		await changed.bookmark(id, isBookmarked);
		say(
			context,
			isBookmarked ? 'Bookmarked.' : `No longer bookmarked; ${keyOf(context.keys, 'toggleBookmark')} brings it back.`,
		);
	});
};

/** Copies the ids of the marked sessions, or of the selected one, a line each. */
export const copyIds: Command = context => {
	const ids = sessionsMeant(context);
	const words = ids.length === 1 ? 'The id of the session' : `The ids of ${ids.length} sessions`;
	if (ids.length === 0) {
		say(context, 'No session is selected.');
		return;
	}

	void context.copy(ids.join('\n')).then(takenBy => {
		say(
			context,
			takenBy
				? `${words} ${ids.length === 1 ? 'is' : 'are'} in the clipboard.`
				: `No clipboard took ${words.toLowerCase()}.`,
		);
	});
};

const entryOf = ({state}: CommandContext): Entry | undefined => {
	const {overlay} = state();
	return overlay?.kind === 'entry' ? overlay : undefined;
};

/** Takes what was typed, or says what is wrong with it. */
export const keepEntry: Command = context => {
	const entry = entryOf(context);
	if (!entry) {
		return;
	}

	try {
		const isDone = keep(context, entry);
		if (!isDone) {
			leaveEntry(context);
		}
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		context.dispatch({type: 'complain', complaint: error.message});
	}
};

/** Answers whether the line is closed already. Throws a sentence for what cannot be a tag, a note or a name. */
const keep = (context: CommandContext, {target, line}: Entry): boolean => {
	const {annotations, search} = context.data;
	if (target.what === 'reason') {
		const reason = lineText(line).trim();
		if (reason === '') {
			throw new UserError('A decision needs a reason. Type some words, or leave with Esc.');
		}

		decide(context, reason);
		return true;
	}

	if (target.what === 'replacement') {
		nameFinding(context, lineText(line).trim());
		return true;
	}

	if (target.what === 'report-cap' || target.what === 'report-file') {
		const type = target.what === 'report-cap' ? typeReportCap : typeReportFile;
		type(context, lineText(line));
		return true;
	}

	if (target.what === 'view') {
		const name = viewName(lineText(line));
		const view = {name, query: target.query};
		annotations.change(async changed => {
			await changed.saveView(view);
			say(context, `Saved as ${name}: an empty search lists it.`);
		});
		search.save(view);
		return false;
	}

	if (target.what === 'tags') {
		const change = tagChange(target.shared, typedTags(lineText(line)).map(tagName));
		annotations.change(changed => changed.tag(target.threadIds, change));
		return false;
	}

	const note = noteText(lineText(line));
	annotations.change(changed => {
		switch (target.what) {
			case 'session-note':
				return changed.noteSession(target.threadId, note);
			case 'prompt-note':
				return changed.notePrompt(target.id, note);
			case 'event-note':
				return changed.noteEvent(target.id, note);
		}
	});
	return false;
};

/** Closes the line; a view is named on top of the search, which is there again. */
export const leaveEntry: Command = context => {
	const entry = entryOf(context);
	if (entry?.target.what === 'reason' || entry?.target.what === 'replacement') {
		leaveDeciding(context);
		return;
	}

	if (entry?.target.what === 'report-file') {
		leaveReportFile(context);
		return;
	}

	context.dispatch(entry?.target.what === 'view' ? {type: 'open', overlay: {kind: 'search'}} : {type: 'close'});
};

/** Saves the query that is typed under a name; drops the saved one that is selected in an empty search. */
export const saveView: Command = context => {
	const {state, data} = context;
	const {list} = state().search;
	const query = lineText(list.filter).trim();
	if (query !== '') {
		open(context, {what: 'view', query}, '');
		return;
	}

	const row = data.search.row(selectedId(list));
	const name = row?.type === 'query' ? row.name : undefined;
	if (name === undefined) {
		say(context, 'Type a query to save it under a name.');
		return;
	}

	data.search.drop(name);
	data.annotations.change(async changed => {
		await changed.removeView(name);
		say(context, `${name} is no longer saved.`);
	});
};

export const completeEntry: Command = context => {
	const entry = entryOf(context);
	const [tag] = entry ? tagCompletions(entry, context.data.annotations.tags()) : [];
	if (entry && tag !== undefined) {
		context.dispatch({type: 'replace-entry', line: completedLine(entry.line, tag)});
	}
};

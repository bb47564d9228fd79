import type {SessionId} from '../model/session.js';
import {type Command, type CommandContext, say, warn} from './command.js';
import {isThreadId, notHere} from './filing.js';
import {selectedId} from './list-state.js';
import type {Origin} from './outside.js';
import type {SessionItem} from './session-feed.js';

const selectedSession = ({state, data}: CommandContext): SessionItem | undefined =>
	data.sessions.item(selectedId(state().lists.sessions));

/** The selected session as Codex knows it; says why where it does not. */
const withOrigin = (context: CommandContext, act: (origin: Origin) => Promise<string | undefined>): void => {
	const item = selectedSession(context);
	if (!item || item.isReading) {
		warn(context, item ? 'This session is still being read.' : 'No session is selected.');
		return;
	}

	if (!isThreadId(item.session.threadId)) {
		warn(context, 'The log tells no id that Codex would know this session by.');
		return;
	}

	context.attempt(async () => {
		const origin = await context.origin(item.session.id);
		return origin ? act(origin) : 'This session is no longer there.';
	});
};

/** Hands the terminal over to Codex, and looks at the logs when it is back. */
const resumeNow = (context: CommandContext, isAskedTwice = false): void =>
	withOrigin(context, async origin => {
		const outside = await context.outside();
		if (!isAskedTwice && (await outside?.isOpen(origin.paths))) {
			askTwice(context);
			return undefined;
		}

		const trouble = outside ? await outside.resume(origin) : notHere;
		context.look();
		return trouble;
	});

/** Two programs that write to one log make a mess of it. */
const askTwice = ({dispatch}: CommandContext): void =>
	dispatch({type: 'open', overlay: {kind: 'menu', menu: 'resume', index: 0}});

/** Goes on with the selected session in Codex. */
export const resume: Command = context => {
	const item = selectedSession(context);
	if (item && item.session.gone !== null) {
		warn(context, 'The log of this session is gone, so Codex cannot go on with it.');
	} else if (item && context.data.live.isLive(item.id)) {
		askTwice(context);
	} else {
		resumeNow(context);
	}
};

/** What is chosen where a session is live, or open in another program. */
export const resumeLive = (context: CommandContext, value: string): void => {
	if (value === 'resume') {
		resumeNow(context, true);
	}
};

/** Copies the line that goes on with the selected session in any shell. */
export const copyResume: Command = context =>
	withOrigin(context, async origin => {
		const outside = await context.outside();
		if (!outside || !(await context.copy(outside.resumeLine(origin)))) {
			return outside ? 'No clipboard took the command.' : notHere;
		}

		say(context, 'The command that resumes the session is in the clipboard.');
		return undefined;
	});

/** Opens the event in an editor or pager; in the panes before it, the log, which is asked about first. */
export const openText: Command = context => {
	const {state, dispatch, event, attempt} = context;
	const {focus} = state();
	if (focus === 'sessions' || focus === 'prompts') {
		const item = selectedSession(context);
		if (item && !item.isReading) {
			dispatch({type: 'open', overlay: {kind: 'menu', menu: 'log', index: 0}});
		} else {
			warn(context, item ? 'This session is still being read.' : 'No session is selected.');
		}

		return;
	}

	const id = selectedId(state().lists.events);
	if (typeof id !== 'number') {
		warn(context, 'No event is selected.');
		return;
	}

	attempt(async () => {
		const [outside, detail] = await Promise.all([context.outside(), event(id)]);
		return outside && detail ? outside.openEvent(detail) : notHere;
	});
};

/** What is chosen where a log is asked for. */
export const openLog = (context: CommandContext, value: string): void => {
	const session: SessionId | undefined = selectedSession(context)?.session.id;
	if (value === 'open' && session !== undefined) {
		context.attempt(async () => {
			const outside = await context.outside();
			return outside ? outside.openLogs(session) : notHere;
		});
	}
};

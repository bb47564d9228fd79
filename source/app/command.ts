import type {Shown} from '../disclose/shown.js';
import type {EventId, SessionId} from '../model/session.js';
import type {EventDetail} from '../store/store.js';
import type {Covering} from './covering.js';
import type {Data} from './data.js';
import type {KeyMap} from './key-bindings.js';
import type {OriginOf, Outside, Trouble} from './outside.js';
import type {Action, State} from './state.js';

/** Puts a text into the clipboard, of the system or of the terminal; answers which one took it, if any did. */
export type Clipboard = (text: string) => Promise<'system' | 'terminal' | undefined>;

/** What a command may use. It reports what happened with an action, never with an exception. */
export type CommandContext = {
	/** For what is said of keys. */
	keys: KeyMap;
	state: () => State;
	data: Data;
	dispatch: (action: Action) => void;
	quit: () => void;
	/** Reveals sessions; undefined where nothing can be revealed. */
	covering: Covering | undefined;
	copy: Clipboard;
	/** Writes a text that no clipboard took into a file; answers its path. */
	keep: ((text: string) => Promise<string>) | undefined;
	/** Programs that keys lead to, where there are such things. */
	outside: () => Promise<Outside | undefined>;
	/** Whether reports can be made. */
	hasReporter: boolean;
	now: () => Date;
	/** Where sessions came from, to act on. */
	origin: OriginOf;
	/** An event in full, as it may leave. */
	event: (id: EventId) => Promise<Shown<EventDetail> | undefined>;
	/** Whether the archive holds every byte of a session's logs. */
	isKept: (id: SessionId) => Promise<boolean>;
	/** Has the logs looked at, all of them and at once. */
	look: () => void;
	/** Does what takes a while; a sentence that comes of it, or a mistake, is said in the status line. */
	attempt: (work: () => Promise<Trouble>) => void;
};

export type Command = (context: CommandContext) => void;

/** Tells something in the status line, until the next key. */
export const say = ({dispatch}: Pick<CommandContext, 'dispatch'>, text: string): void =>
	dispatch({type: 'notice', notice: {text, level: 'info'}});

/** Tells why something was not done. */
export const warn = ({dispatch}: Pick<CommandContext, 'dispatch'>, text: string): void =>
	dispatch({type: 'notice', notice: {text, level: 'warning'}});

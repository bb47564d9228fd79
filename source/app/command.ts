import type {Covering} from './covering.js';
import type {Data} from './data.js';
import type {KeyMap} from './key-bindings.js';
import type {Action, State} from './state.js';

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
	/** Puts a text into the clipboard; answers whether there is one. */
	copy: (text: string) => Promise<boolean>;
};

export type Command = (context: CommandContext) => void;

/** Tells something in the status line, until the next key. */
export const say = ({dispatch}: Pick<CommandContext, 'dispatch'>, text: string): void =>
	dispatch({type: 'notice', notice: {text, level: 'info'}});

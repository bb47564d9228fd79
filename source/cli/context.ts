import type {Settings} from '../config/settings.js';
import type {ShownStore} from '../disclose/shown.js';
import type {Output} from './output.js';

/** What a command works with; tests pass a store in memory. */
export type CommandContext = {
	store: ShownStore;
	settings: Pick<Settings, 'source'>;
	/** Data. */
	stdout: Output;
	/** Words about the data. */
	stderr: Output;
};

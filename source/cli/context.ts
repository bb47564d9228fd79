import type {Settings} from '../config/settings.js';
import type {Store} from '../store/store.js';
import type {Output} from './output.js';

/** What a command works with; tests pass a store in memory. */
export type CommandContext = {
	store: Store;
	settings: Pick<Settings, 'source'>;
	/** Data. */
	stdout: Output;
	/** Words about the data. */
	stderr: Output;
};

import type {ShownSearch, ShownStore} from '../disclose/shown.js';
import type {Reporter} from './reporter.js';
import type {Action, State} from './state.js';
import type {SumUsage} from './usage-feed.js';

/** What the feeds know of the explorer: the state they serve, and how to report back. */
export type Port = {
	store: ShownStore;
	/** Search over everything, where there is such a thing. */
	search: ShownSearch | undefined;
	now: () => Date;
	state: () => State;
	dispatch: (action: Action) => void;
	/** Data that is drawn has changed, though the state has not. */
	redraw: () => void;
	/** A query failed: said in the status line, never thrown. */
	report: (error: unknown) => void;
	/** Tells a person who may be looking elsewhere. */
	notify: (text: string) => void;
	/** A held key passes rows faster than this, in ms; what they lead to is not asked for. */
	quietMs: number;
	/** Loads what sums up token usage, where there is such a thing. */
	loadUsage: (() => Promise<SumUsage>) | undefined;
	/** Loads what makes reports, where there is such a thing. */
	loadReporter: (() => Promise<Reporter>) | undefined;
	/** The person's home folder, drawn as `~`. */
	userHome: string | undefined;
};

/** Runs a query whose failure becomes a notice. */
export const guarded = async (port: Port, work: () => Promise<void>): Promise<void> => {
	try {
		await work();
	} catch (error) {
		port.report(error);
	}
};

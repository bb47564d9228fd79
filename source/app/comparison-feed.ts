import type {ComparedField} from '../disclose/triage.js';
import type {EventId} from '../model/session.js';
import type {Covering} from './covering.js';
import {guarded, type Port} from './port.js';

export type ComparisonFeed = {
	load: (event: EventId) => void;
	/** Undefined until it is there. */
	fields: () => readonly ComparedField[] | undefined;
	/** Lets go of texts that are not hidden. */
	drop: () => void;
};

/** The texts of one event before and after redaction, fetched when somebody asks. */
export const createComparisonFeed = (port: Port, covering: Covering | undefined): ComparisonFeed => {
	let fields: readonly ComparedField[] | undefined;
	let asked = 0;
	return {
		load(event) {
			asked++;
			const own = asked;
			fields = undefined;
			void guarded(port, async () => {
				const found = await covering?.triage.compare(event);
				if (own === asked) {
					fields = found ?? [];
					port.redraw();
				}
			});
		},
		fields: () => fields,
		drop() {
			asked++;
			fields = undefined;
		},
	};
};

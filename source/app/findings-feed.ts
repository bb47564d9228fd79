import type {FoundValue} from '../disclose/triage.js';
import type {SessionId} from '../model/session.js';
import type {Covering} from './covering.js';
import {guarded, type Port} from './port.js';

export type FindingsFeed = {
	/** Looks through a session, unless it was the last one looked through. */
	load: (session: SessionId) => void;
	/** Looks through it again: something was decided. */
	reload: () => void;
	values: () => readonly FoundValue[];
	isLoading: () => boolean;
};

/** What was found in one session, fetched when somebody asks. */
export const createFindingsFeed = (port: Port, covering: Covering | undefined): FindingsFeed => {
	let session: SessionId | undefined;
	let values: readonly FoundValue[] = [];
	let asked = 0;
	let answered = 0;

	/** What was decided changes the order: the value that is selected stays so. */
	const staySelected = (found: readonly FoundValue[]): void => {
		const {overlay} = port.state();
		const selected = overlay?.kind === 'findings' ? values[overlay.index]?.placeholder : undefined;
		const index = found.findIndex(({placeholder}) => placeholder === selected);
		if (selected !== undefined && index >= 0) {
			port.dispatch({type: 'move-findings', index});
		}
	};

	const read = (): void => {
		const id = session;
		if (id === undefined || covering === undefined) {
			return;
		}

		asked++;
		const own = asked;
		void guarded(port, async () => {
			const found = await covering.triage.findings(id);
			if (own === asked) {
				staySelected(found);
				values = found;
			}
		}).then(() => {
			answered = Math.max(answered, own);
			port.redraw();
		});
	};

	return {
		load(id) {
			if (id !== session) {
				values = [];
			}

			session = id;
			read();
		},
		reload: read,
		values: () => values,
		isLoading: () => answered < asked,
	};
};

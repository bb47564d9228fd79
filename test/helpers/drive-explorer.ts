import assert from 'node:assert/strict';
import {createExplorer, type Explorer, type ExplorerOptions} from '../../source/app/explorer.js';
import {unredacted, unredactedSearch} from '../../source/disclose/unredacted.js';
import type {Search} from '../../source/store/search.js';
import {rowText} from '../../source/text/cells.js';
import type {PaneId} from '../../source/view/layout.js';
import {createMemoryStore, type MemoryStore} from './memory-store.js';
import {type QuietIngest, quietIngest} from './quiet-ingest.js';
import {sampleSessions} from './sample-sessions.js';

export type Driven = {
	explorer: Explorer;
	store: MemoryStore;
	ingest: QuietIngest;
	/** Presses keys by name, one after the other, and waits until all queries are answered. */
	press: (...keys: string[]) => Promise<void>;
	settle: () => Promise<void>;
	/** Resolves when something has become so; fails after two seconds. */
	until: (isSo: () => boolean) => Promise<void>;
	/** A pane's rows as text; undefined while it is not on screen. */
	rows: (pane: PaneId) => string[] | undefined;
	/** Text of the selected row of a pane. */
	selected: (pane: PaneId) => string | undefined;
	status: () => string;
	breadcrumb: () => string;
	hasQuit: () => boolean;
};

const pause = async (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

export const now = new Date('2026-03-05T10:00:00Z');

/** An explorer over invented sessions, without a terminal. */
export const driveExplorer = async (
	options: Partial<Omit<ExplorerOptions, 'store' | 'search'>> & {
		search?: Search;
		store?: MemoryStore;
		columns?: number;
		rows?: number;
		isBefore?: boolean;
	} = {},
): Promise<Driven> => {
	const store = options.store ?? createMemoryStore(...sampleSessions());
	const ingest = quietIngest();
	let hasQuit = false;
	const explorer = createExplorer({
		ingest,
		homeLabel: '~/.codex',
		userHome: '/home/ada',
		size: {columns: options.columns ?? 120, rows: options.rows ?? 30},
		now: () => now,
		quietMs: 0,
		onQuit() {
			hasQuit = true;
		},
		...options,
		store: {
			...unredacted(store),
			findings: {
				counts: () => store.findings.counts(''),
				of: id => store.findings.of(id, ''),
				isLookedThrough: id => store.findings.isLookedThrough(id, ''),
			},
		},
		search: options.search && unredactedSearch(options.search),
	});
	await explorer.start();
	if (!options.isBefore) {
		ingest.progress({});
	}

	const until = async (isSo: () => boolean): Promise<void> => {
		for (const deadline = performance.now() + 2000; !isSo(); await pause(2)) {
			assert.ok(performance.now() < deadline, `never so: ${String(isSo)}`);
		}
	};
	/** The screen is the same object until something changes. */
	const settle = async (): Promise<void> => {
		let calm = 0;
		for (let before = explorer.screen(); calm < 5; before = explorer.screen()) {
			await pause(2);
			calm = explorer.screen() === before ? calm + 1 : 0;
		}
	};
	const pane = (id: PaneId) => explorer.screen().panes.find(candidate => candidate.id === id);
	return {
		explorer,
		store,
		ingest,
		async press(...keys) {
			for (const key of keys) {
				explorer.press(key);
			}

			await settle();
		},
		settle,
		until,
		rows: id => pane(id)?.rows.map(row => rowText(row)),
		selected(id) {
			const found = pane(id);
			const row = found?.rows[found.selected];
			return row && rowText(row).trimEnd();
		},
		status: () => rowText(explorer.screen().status ?? []),
		breadcrumb: () => rowText(explorer.screen().breadcrumb ?? []).trimEnd(),
		hasQuit: () => hasQuit,
	};
};

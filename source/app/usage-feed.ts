import type {UsageEntry} from '../store/store.js';
import type {UsageView, usageView} from '../view/usage-rows.js';
import type {UsageGrouping, UsageTable} from '../view/usage-table.js';
import {breathe} from './latest.js';
import type {Port} from './port.js';

/** Sums up and prices what the store answers: given from outside, since prices are files. Loaded when first needed. */
export type SumUsage = (entries: readonly UsageEntry[], by: UsageGrouping) => UsageTable;

export type UsageFeed = {
	/** Reads the usage anew. */
	load: () => void;
	/** Has the present grouping summed up. */
	update: () => void;
	/** The view at a width; undefined until there is one. */
	view: (width: number) => UsageView | undefined;
	trouble: () => string | undefined;
	isAvailable: boolean;
	stop: () => void;
};

/** What all sessions used, fetched when somebody asks. */
export const createUsageFeed = (port: Port): UsageFeed => {
	let entries: readonly UsageEntry[] | undefined;
	let sum: SumUsage | undefined;
	let draw: typeof usageView | undefined;
	let tables = new Map<UsageGrouping, UsageTable>();
	let last: {table: UsageTable; width: number; view: UsageView} | undefined;
	/** Groupings summed up or being summed up since the usage was read. */
	let asked = new Set<UsageGrouping>();
	let trouble: string | undefined;
	let isLoading = false;
	let isStopped = false;

	/** The frame that answers the key goes first: summing up a year takes longer than a frame. */
	const sumUp = async (by: UsageGrouping): Promise<void> => {
		await breathe();
		if (entries && sum && !isStopped) {
			tables.set(by, sum(entries, by));
			port.redraw();
		}
	};

	const update = (): void => {
		const {overlay, usageBy} = port.state();
		if (overlay?.kind === 'usage' && entries && !asked.has(usageBy)) {
			asked.add(usageBy);
			void attempt(async () => sumUp(usageBy));
		}
	};

	/** What goes wrong, such as a mistake in a price file, is said where the figures would stand. */
	const attempt = async (work: () => Promise<void>): Promise<void> => {
		try {
			await work();
			trouble = undefined;
		} catch (error) {
			trouble = error instanceof Error ? error.message : String(error);
			port.redraw();
		}
	};

	const load = async (): Promise<void> => {
		await breathe();
		[sum, {usageView: draw}] = await Promise.all([sum ?? port.loadUsage?.(), import('../view/usage-rows.js')]);
		entries = await port.store.usage({});
		tables = new Map();
		asked = new Set();
		update();
	};

	return {
		load() {
			if (!isLoading) {
				isLoading = true;
				void attempt(load).then(() => {
					isLoading = false;
				});
			}
		},
		update,
		view(width) {
			const table = tables.get(port.state().usageBy);
			if (!table || !draw) {
				return last?.width === width ? last.view : undefined;
			}

			if (last?.table !== table || last.width !== width) {
				last = {table, width, view: draw(table, width)};
			}

			return last.view;
		},
		trouble: () => trouble,
		isAvailable: port.loadUsage !== undefined,
		stop() {
			isStopped = true;
		},
	};
};

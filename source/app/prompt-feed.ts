import type {PromptSummary} from '../model/session.js';
import {isRemoved, promptFields} from '../view/prompt-rows.js';
import {createFiltering, type Filtering} from './filtering.js';
import {latest} from './latest.js';
import {nearestKept, type RowId, selectedId} from './list-state.js';
import {guarded, type Port} from './port.js';
import {recent} from './recent.js';

/** Row of everything before a session's first prompt. */
export const preludeId = 'prelude';

type SessionPrompts = {prompts: ReadonlyMap<RowId, PromptSummary>; preludeCount: number};

export type PromptFeed = {
	/** Shows the prompts of a session; undefined where there are none to show. */
	want: (sessionId: number | undefined) => void;
	/** Sessions whose prompts may have changed. */
	invalidate: (ids: ReadonlySet<number>) => void;
	prompt: (id: RowId | undefined) => PromptSummary | undefined;
	/** The number of a prompt among those of a person, from 1; undefined for any other. */
	numberOf: (id: RowId | undefined) => number | undefined;
	count: () => number;
	/** Prompts left out because they were rolled back or inherited. */
	hiddenCount: () => number;
	/** Applies hiding and filter again if they changed. */
	update: () => void;
	preludeCount: () => number;
	isLoading: () => boolean;
	filtering: Filtering;
	stop: () => void;
};

export const createPromptFeed = (port: Port): PromptFeed => {
	const cache = recent<number, SessionPrompts>(64);
	let wanted: number | undefined;
	let shown: SessionPrompts | undefined;
	let isHiding = true;
	let hidden = 0;

	const filtering = createFiltering(port, {
		list: 'prompts',
		fieldsOf(id) {
			const prompt = shown?.prompts.get(id);
			return prompt ? promptFields(prompt) : ['Prelude'];
		},
	});

	const show = (found: SessionPrompts): void => {
		const isOther = shown !== found;
		shown = found;
		isHiding = port.state().hides.removed;
		const all: RowId[] = [...(found.preludeCount > 0 ? [preludeId] : []), ...found.prompts.keys()];
		const isKept = (id: RowId): boolean => {
			const prompt = found.prompts.get(id);
			return !isHiding || !prompt || !isRemoved(prompt);
		};
		const ids = all.filter(isKept);
		hidden = all.length - ids.length;
		const first = ids.find(id => id !== preludeId) ?? preludeId;
		const selected = selectedId(port.state().lists.prompts);
		const near = isOther ? undefined : nearestKept(all, isKept, selected);
		filtering.show(ids, near ?? first, near !== selected && near !== undefined);
	};

	const load = async (id: number, isStale: () => boolean): Promise<void> => {
		const [prompts, prelude] = await Promise.all([
			port.store.listPrompts(id),
			port.store.eventIds({sessionId: id, promptId: 'prelude'}),
		]);
		const found = {prompts: new Map(prompts.map(prompt => [prompt.id, prompt])), preludeCount: prelude.length};
		cache.set(id, found);
		if (!isStale() && wanted === id) {
			show(found);
		}
	};

	const loader = latest<number>(port.quietMs, async (id, isStale) => guarded(port, async () => load(id, isStale)));

	return {
		want(sessionId) {
			if (sessionId === wanted && (sessionId !== undefined || port.state().lists.prompts.owner === '')) {
				return;
			}

			wanted = sessionId;
			shown = undefined;
			hidden = 0;
			filtering.clear();
			loader.stop();
			port.dispatch({type: 'clear-rows', list: 'prompts', owner: sessionId === undefined ? '' : String(sessionId)});
			if (sessionId === undefined) {
				return;
			}

			const cached = cache.get(sessionId);
			if (cached) {
				show(cached);
			} else {
				loader.want(sessionId);
			}
		},
		invalidate(ids) {
			for (const id of ids) {
				cache.delete(id);
			}

			if (wanted !== undefined && ids.has(wanted)) {
				loader.want(wanted);
			}
		},
		prompt: id => (id === undefined ? undefined : shown?.prompts.get(id)),
		numberOf(id) {
			const asked = [...(shown?.prompts.values() ?? [])].filter(({asker}) => asker === 'person');
			const index = asked.findIndex(prompt => prompt.id === id);
			return index < 0 ? undefined : index + 1;
		},
		count: () => shown?.prompts.size ?? 0,
		hiddenCount: () => hidden,
		update() {
			if (shown && isHiding !== port.state().hides.removed) {
				show(shown);
			} else {
				filtering.update();
			}
		},
		preludeCount: () => shown?.preludeCount ?? 0,
		isLoading: () => wanted !== undefined && shown === undefined,
		filtering,
		stop() {
			loader.stop();
			filtering.stop();
		},
	};
};

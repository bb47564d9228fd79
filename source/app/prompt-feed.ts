import type {PromptSummary} from '../model/session.js';
import {promptFields} from '../view/prompt-rows.js';
import {createFiltering, type Filtering} from './filtering.js';
import {latest} from './latest.js';
import type {RowId} from './list-state.js';
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
	count: () => number;
	preludeCount: () => number;
	isLoading: () => boolean;
	filtering: Filtering;
	stop: () => void;
};

export const createPromptFeed = (port: Port): PromptFeed => {
	const cache = recent<number, SessionPrompts>(64);
	let wanted: number | undefined;
	let shown: SessionPrompts | undefined;

	const filtering = createFiltering(port, {
		list: 'prompts',
		order: 'list',
		fieldsOf(id) {
			const prompt = shown?.prompts.get(id);
			return prompt ? promptFields(prompt) : ['Prelude'];
		},
	});

	const show = (found: SessionPrompts): void => {
		shown = found;
		const ids: RowId[] = [...(found.preludeCount > 0 ? [preludeId] : []), ...found.prompts.keys()];
		filtering.show(ids, found.prompts.keys().next().value ?? preludeId);
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
		count: () => shown?.prompts.size ?? 0,
		preludeCount: () => shown?.preludeCount ?? 0,
		isLoading: () => wanted !== undefined && shown === undefined,
		filtering,
		stop() {
			loader.stop();
			filtering.stop();
		},
	};
};

import type {Search, SearchAnswer, SearchHit, SearchRequest} from '../../source/store/search.js';

/** A search that answers what a test says, when it says so. */
export type FakeSearch = Search & {
	/** What was asked so far, the newest last. */
	asked: SearchRequest[];
	answer: (answer: Partial<SearchAnswer>) => void;
	fail: (message: string) => void;
	isCancelled: () => boolean;
};

export const createFakeSearch = (values: Record<string, string[]> = {}): FakeSearch => {
	const asked: SearchRequest[] = [];
	let give: ((answer: SearchAnswer) => void) | undefined;
	let refuse: ((error: unknown) => void) | undefined;
	return {
		asked,
		ask(request, onAnswer, onFailure) {
			asked.push(request);
			give = onAnswer;
			refuse = onFailure;
		},
		answer(answer) {
			const hits = answer.hits ?? [];
			give?.({
				sessions: [],
				hits,
				total: hits.length,
				isAtLeast: false,
				scanned: null,
				isDone: true,
				indexed: 1,
				...answer,
			});
		},
		fail: message => refuse?.(new Error(message)),
		isCancelled: () => give === undefined,
		cancel() {
			give = undefined;
		},
		values: async (name, beginning) => (values[name] ?? []).filter(value => value.startsWith(beginning)),
		close: async () => {},
	};
};

/** A hit whose snippet has `word` marked, wherever it stands. */
export const hitOf = (
	id: number,
	sessionId: number,
	text: string,
	word: string,
	more: Partial<SearchHit> = {},
): SearchHit => {
	const start = text.indexOf(word);
	return {
		id,
		sessionId,
		promptId: 'prelude',
		kind: 'message',
		label: 'assistant',
		tool: null,
		context: null,
		at: '2026-03-04T09:00:00.000Z',
		line: 1,
		part: 'message',
		snippet: {text, ranges: start < 0 ? [] : [[start, start + word.length]]},
		...more,
	};
};

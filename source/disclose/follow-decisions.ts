import type {DecisionBook} from '../redact/decisions.js';
import type {Store} from '../store/store.js';

/**
Has a book follow what people decided: now, whenever another program changes that, and when `read` is called. Rejects when it cannot be
followed.
*/
export const followDecisions = async (
	{redactions}: Pick<Store, 'redactions'>,
	book: DecisionBook,
	onChange: () => void,
	onFailure: (error: unknown) => void,
): Promise<{read: () => Promise<void>; stop: () => void}> => {
	const read = async (): Promise<void> => {
		const {decisions, digests, origins} = await redactions.decisions();
		book.use(decisions, {digests, origins});
	};

	await read();
	const stop = redactions.watch(() => {
		read().then(onChange, onFailure);
	});
	return {read, stop};
};

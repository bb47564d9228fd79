import type {DecisionBook} from '../redact/decisions.js';
import type {Redactions} from '../store/redactions.js';
import type {Disclosure} from './disclosure.js';

/**
Follows what people decided from now on: what was shown before may be shown otherwise. Rejects when that cannot be followed,
and then nothing may be shown.
*/
export const followDecisions = async (
	redactions: Pick<Redactions, 'decisions'>,
	book: DecisionBook,
	disclosure?: Disclosure,
): Promise<void> => {
	const {decisions, digests, origins} = await redactions.decisions();
	if (decisions.length > 0 || book.size > 0) {
		book.use(decisions, {digests, origins});
		disclosure?.learnAnew();
	}
};

/** The same, and again whenever another program decides; answers what ends that. */
export const keepFollowing = async (
	redactions: Pick<Redactions, 'decisions' | 'watch'>,
	book: DecisionBook,
	disclosure: Disclosure,
	{onChange, onFailure}: {onChange: () => void; onFailure: (error: unknown) => void},
): Promise<() => void> => {
	await followDecisions(redactions, book, disclosure);
	return redactions.watch(() => {
		followDecisions(redactions, book, disclosure).then(onChange, onFailure);
	});
};

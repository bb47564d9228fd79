/** How a rollout is written (format reference, Eras): as one document, as bare lines, or as lines in envelopes. */
export type Era = 'document' | 'bare' | 'legacy' | 'paginated';

const envelope = /"payload"\s*:\s*\{/;
const ordinal = /"ordinal"\s*:\s*\d/;

/** The era that the first few hundred bytes of a rollout tell; null when they look like none. */
export const eraOf = (head: Uint8Array, container: string): Era | null => {
	if (container === 'json') {
		return 'document';
	}

	const text = Buffer.from(head).toString('utf8').trimStart();
	const at = text.search(envelope);
	if (at !== -1) {
		return ordinal.test(text.slice(0, at)) ? 'paginated' : 'legacy';
	}

	return /^\{.*"(?:id|type|record_type)"\s*:/.test(text) ? 'bare' : null;
};

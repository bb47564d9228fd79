import type {Decision} from '../../source/model/decision.js';
import type {AuditEntry, Redactions} from '../../source/store/redactions.js';
import {digests} from './decisions.js';

/** Redactions of a test: follows the given decisions, and keeps what is recorded. */
export const memoryRedactions = (
	decisions: readonly Decision[] = [],
	origins: ReadonlyMap<string, string> = new Map(),
): Redactions & {recorded: AuditEntry[]} => {
	const recorded: AuditEntry[] = [];
	const unsupported = async (): Promise<never> => {
		throw new Error('no test needs this');
	};

	return {
		recorded,
		decisions: async () => ({decisions: [...decisions], digests, origins}),
		list: async () =>
			decisions.map(({value: _value, place, ...row}) => ({
				...row,
				prompt: null,
				line: null,
				hasPlace: place !== null,
				confirmedAt: null,
			})),
		add: unsupported,
		change: unsupported,
		remove: unsupported,
		confirm: unsupported,
		undo: unsupported,
		async *audit() {
			yield* recorded;
		},
		async record(kind, detail, ref = undefined) {
			recorded.push({type: 'entry', seq: recorded.length + 1, at: 0, actor: 'ada', kind, ref: ref ?? null, detail});
		},
		watch: () => () => {},
	};
};

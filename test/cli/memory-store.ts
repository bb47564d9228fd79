import type {SessionSummary} from '../../source/model/session.js';
import type {Annotations} from '../../source/store/annotations.js';
import type {Redactions} from '../../source/store/redactions.js';
import type {Store} from '../../source/store/store.js';
import {memoryAnnotations} from '../helpers/memory-annotations.js';
import {memoryRedactions} from '../helpers/memory-redactions.js';
import {sampleEvents, sampleFile, samplePrelude, samplePrompt, sampleSession} from './sample-session.js';

/** A store that holds these sessions, each with the sample's content; what commands do not ask is missing. */
export const memoryStore = (
	sessions: readonly SessionSummary[] = [sampleSession],
	annotations: Annotations = memoryAnnotations(),
	redactions: Redactions = memoryRedactions(),
): Store => {
	const store: Partial<Store> = {
		async listSessions({limit, after}) {
			const start = after === undefined ? 0 : sessions.findIndex(({id}) => id === after.id) + 1;
			return sessions.slice(start, start + limit);
		},
		async findSessions(reference) {
			return reference === 'last'
				? sessions.slice(0, 1)
				: sessions.filter(({threadId}) => threadId.startsWith(reference) || reference === sampleFile.path);
		},
		async session(id) {
			return sessions.find(session => session.id === id);
		},
		async sessionOf() {
			return sessions[0]?.id ?? 0;
		},
		async sourceFiles() {
			return [sampleFile];
		},
		async *prelude() {
			yield* samplePrelude;
		},
		async *prompts() {
			yield samplePrompt;
		},
		async event(id) {
			const event = sampleEvents.find(({line}) => line === id);
			return event && {id, event, path: sampleFile.path, lines: [event.line]};
		},
		async *rawLines(_id, line) {
			const lines = ['{"line":1}\n', '{"line":2,"torn'];
			for (const [index, text] of lines.entries()) {
				if (line === undefined || line === index + 1) {
					yield {path: sampleFile.path, line: index + 1, bytes: Buffer.from(text)};
				}
			}
		},
		async *problems() {
			yield {path: sampleFile.path, line: 3, offset: 500, length: 12, reason: 'not a JSON object'};
		},
		findings: {
			async counts() {
				return new Map(sessions.map(({id}, index) => [id, index === 0 ? 2 : null]));
			},
			async of() {
				return [];
			},
			async isLookedThrough() {
				return false;
			},
			async unseenBytes() {
				return 0;
			},
			lessons: () => store as Store,
		},
		annotations,
		redactions,
		async close() {},
	};
	return store as Store;
};

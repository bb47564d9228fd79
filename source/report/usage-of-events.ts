import type {LogEvent} from '../model/log-event.js';
import type {SessionSummary} from '../model/session.js';
import type {UsageEntry} from '../store/store.js';
import {groupUsage, type UsageSum} from '../usage/group.js';
import type {PriceTable} from '../usage/prices.js';

/** Sums up what the events of a session used, prompt by prompt, each with the model that was set last. */
export class UsageTrail {
	#model: string | null;
	#serviceTier: string | null = null;

	constructor(
		private readonly session: Pick<SessionSummary, 'id' | 'threadId' | 'models'>,
		private readonly prices: PriceTable,
	) {
		this.#model = session.models[0] ?? null;
	}

	/** What these events add, which follow those of the call before. */
	add(events: readonly LogEvent[]): UsageSum {
		const entries: UsageEntry[] = [];
		for (const event of events) {
			if (event.kind === 'turn-context') {
				this.#model = event.model ?? this.#model;
				this.#serviceTier = event.serviceTier ?? this.#serviceTier;
			} else if (event.kind === 'token-usage' && event.own.totalTokens > 0) {
				entries.push({
					day: '',
					sessionId: this.session.id,
					threadId: this.session.threadId,
					title: null,
					model: this.#model,
					serviceTier: this.#serviceTier,
					repository: null,
					usage: event.own,
					cacheWriteTokens: event.cacheWriteTokens,
				});
			}
		}

		return groupUsage(entries, 'model', this.prices).total;
	}
}

import type {LogEvent, ToolKind} from '../model/log-event.js';
import type {Problem} from '../model/problem.js';
import {addUsage, noUsage} from '../model/token-usage.js';
import type {UsageSum} from '../usage/group.js';
import type {LeftOut, ReportSource} from './report-part.js';

export const nothingUsed: UsageSum = {usage: noUsage, cacheWriteTokens: 0, cost: 0, unpricedTokens: 0};

/** Both sums; without a price only where neither has one. */
export const together = (one: UsageSum, other: UsageSum): UsageSum => ({
	usage: addUsage(one.usage, other.usage),
	cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
	cost: one.cost === null && other.cost === null ? null : (one.cost ?? 0) + (other.cost ?? 0),
	unpricedTokens: one.unpricedTokens + other.unpricedTokens,
});

/** What a report adds up while it is written. */
export class ReportSums {
	sessions = 0;
	prompts = 0;
	events = 0;
	from: string | null = null;
	to: string | null = null;
	toolCalls = 0;
	failedCalls = 0;
	used = nothingUsed;
	readonly sources: ReportSource[] = [];
	readonly problems: Problem[] = [];
	readonly leftOut: LeftOut = {
		automation: 0,
		inherited: 0,
		outOfRange: 0,
		events: 0,
		cutEvents: 0,
		cutCharacters: 0,
	};
	readonly #versions = new Map<string, number>();
	readonly #tools = new Map<ToolKind, number>();

	addVersion(version: string | null): void {
		const name = version ?? 'unknown';
		this.#versions.set(name, (this.#versions.get(name) ?? 0) + 1);
	}

	addTime(at: string | null): void {
		if (at !== null) {
			this.from = this.from === null || at < this.from ? at : this.from;
			this.to = this.to === null || at > this.to ? at : this.to;
		}
	}

	/** Everything that happened, whether the mode tells it or not. */
	addEvents(events: readonly LogEvent[]): void {
		for (const event of events) {
			this.addTime(event.at);
			if (event.kind === 'tool-call') {
				this.toolCalls++;
				this.failedCalls += event.status === 'failed' || (event.exitCode ?? 0) !== 0 ? 1 : 0;
				this.#tools.set(event.tool, (this.#tools.get(event.tool) ?? 0) + 1);
			} else if (event.kind === 'review') {
				this.addEvents(event.events ?? []);
			}
		}
	}

	addUsage(sum: UsageSum): void {
		this.used = together(this.used, sum);
	}

	get codexVersions(): [string, number][] {
		return [...this.#versions].toSorted(([one], [other]) => one.localeCompare(other, 'en', {numeric: true}));
	}

	get byTool(): [ToolKind, number][] {
		return [...this.#tools].toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
	}
}

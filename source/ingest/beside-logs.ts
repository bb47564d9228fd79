import {promptHistoryVersion, readPromptHistory} from '../files/prompt-history.js';
import {readThreadNames, threadNamesVersion} from '../files/thread-names.js';
import {codex} from '../formats/codex/index.js';
import type {IngestStore} from '../store/ingest-store.js';
import {deriveAgain} from './derive-again.js';
import {enterHistory} from './enter-history.js';
import type {IngestOptions, IngestSummary} from './ingest-options.js';

type Options = Pick<IngestOptions, 'home' | 'sqliteHome' | 'batchLines' | 'shouldStop' | 'onChange'>;

/** What a round learns from elsewhere than the logs: names of threads, the prompt history, and what only the archive holds. */
export class BesideLogs {
	private namesVersion = '';
	private historyVersion = '';
	private hasEnteredArchived = false;

	constructor(
		private readonly store: IngestStore,
		private readonly options: Options,
	) {}

	async nameThreads(): Promise<void> {
		const {home, sqliteHome} = this.options;
		if (home === null) {
			return;
		}

		const version = threadNamesVersion(home, sqliteHome ?? home);
		if (version !== this.namesVersion) {
			this.namesVersion = version;
			await this.store.nameThreads(readThreadNames(home, sqliteHome ?? home).names);
		}
	}

	/** Enters the prompts of threads that no log tells; a round that has read a log looks again which those are. */
	async readHistory({files, failures}: IngestSummary): Promise<void> {
		const {store, options} = this;
		const version = options.home === null ? '-' : promptHistoryVersion(options.home);
		if (options.home === null || (version === this.historyVersion && files.length === 0)) {
			return;
		}

		this.historyVersion = version;
		const history = readPromptHistory(options.home);
		failures.push(...history.failures);
		await enterHistory({store, format: codex, batchLines: options.batchLines}, history);
		await store.commit();
		options.onChange?.();
	}

	/** Brings what another release derived up to date, from the archive where the log is not among those that are `there`. */
	async deriveAgain(there: ReadonlySet<string>): Promise<void> {
		const {store, options} = this;
		if (!this.hasEnteredArchived) {
			this.hasEnteredArchived = true;
			await store.enterArchived();
		}

		const target = {
			store,
			format: codex,
			batchLines: options.batchLines,
			shouldStop: () => options.shouldStop?.() ?? false,
			onChange: () => options.onChange?.(),
		};
		await deriveAgain(target, there);
	}
}

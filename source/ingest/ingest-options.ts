import type {RuleFolders} from '../config/read-redaction-rules.js';
import type {RolloutSource} from '../files/find-rollouts.js';
import type {FileFailure} from '../model/problem.js';
import type {FileOutcome} from './ingest-file.js';
import type {IngestProgress} from './progress.js';

export type IngestOptions = {
	source: RolloutSource;
	/** Codex home that thread names come from; null when only files were given. */
	home: string | null;
	/** Where Codex keeps its databases, when not in its home. */
	sqliteHome?: string | null;
	/** Lines written at once. */
	batchLines: number;
	/** Only so many of the files that changed, newest first. */
	limit?: number;
	onProgress?: (progress: IngestProgress) => void;
	onFile?: (outcome: FileOutcome) => void;
	/** Called after each commit that changed what is listed. */
	onChange?: () => void;
	/** Asked between files and batches; true ends the run early, with everything read so far kept. */
	shouldStop?: () => boolean;
	/** Milliseconds that a round may spend on indexing words; no limit when left out. */
	textMs?: number;
	/** How often, in ms, a long round looks for what is being written meanwhile, and reads that first; never when left out. */
	newsMs?: number;
	/** Whether words are made searchable too; `ingestHome` opens what that takes. */
	withTexts?: boolean;
	/** Whether logs are looked through for what must not be shown, too; `ingestHome` opens what that takes. */
	withFindings?: boolean;
	/** Where a person's rules for that are looked for; in the platform's folders when left out. */
	ruleFolders?: RuleFolders;
	/** How long a command waits for another program that is ingesting, in ms; for ever when absent. */
	patienceMs?: number;
	/** Called once when another program has been waited for a second. */
	onWait?: () => void;
};

export type IngestSummary = {
	found: number;
	files: FileOutcome[];
	failures: FileFailure[];
	bytes: number;
	wasStopped: boolean;
	/** Whether words are left to be indexed by the next round. */
	hasTextsLeft?: boolean;
	/** Another program was ingesting for longer than this one would wait: nothing was looked at. */
	isLeftToAnother?: true;
};

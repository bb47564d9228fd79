import type {Hiding} from '../disclose/hiding.js';
import type {IngestOptions, IngestSummary} from '../ingest/ingest.js';
import type {DatabaseHealth} from '../store/health.js';
import type {Backup, BackupOptions, ForgetPlan, ForgottenThread, Vacuumed} from '../store/maintenance.js';
import type {Redactions} from '../store/redactions.js';
import type {Search} from '../store/search.js';
import type {Store} from '../store/store.js';

/** What came of deriving everything anew. */
export type Rederivation = IngestSummary & {
	/** Where a damaged index lies now; null when it was sound. */
	movedTo: string | null;
	/** Logs that are gone and not archived whole, so that what was derived of them stayed as it was. */
	left: number;
};

/** What commands need from the rest of the program; tests pass their own. */
export type Services = {
	openStore(databasePath: string): Promise<Store>;
	/** What people decided about single values, without the sessions; undefined where nobody added anything yet. */
	openRedactions(databasePath: string): Promise<(Redactions & {close(): void}) | undefined>;
	/** Tags and costs, which filters ask for, come from the store; `hiding` is what every text goes through. */
	openSearch(databasePath: string, store: Store, hiding: Hiding): Promise<Search>;
	ingest(databasePath: string, options: IngestOptions): Promise<IngestSummary>;
	/** Derives everything anew from logs and archive, in a new index when the old one is damaged. */
	rederive(databasePath: string, options: IngestOptions): Promise<Rederivation>;
	/** SQLite's own checks of every database, also when they cannot be opened. */
	checkDatabases(databasePath: string): Promise<DatabaseHealth[]>;
	/** Copies what cannot be made again to a file, and what people added to one beside it, also while others use them. */
	backUp(databasePath: string, file: string, options: BackupOptions): Promise<Backup>;
	/** Gives room back in every database; refuses while another program uses one. */
	vacuum(databasePath: string, onBegin?: (part: Vacuumed['part']) => void): Promise<Vacuumed[]>;
	/** What forgetting these threads would take away. */
	planForget(databasePath: string, threadIds: readonly string[]): Promise<ForgetPlan>;
	/** Removes them from every database for good; refuses while another program uses one. */
	forget(databasePath: string, threadIds: readonly string[], onBegin?: (part: Vacuumed['part']) => void): Promise<void>;
	listForgotten(databasePath: string): Promise<ForgottenThread[]>;
	/** Lets the logs of a forgotten thread be read again. */
	readAgain(databasePath: string, threadId: string): Promise<void>;
};

import {platformFolders} from '../config/folders.js';
import type {RuleFolders} from '../config/read-redaction-rules.js';
import type {Inspection} from '../disclose/check-bytes.js';
import type {Disclosure} from '../disclose/disclosure.js';
import type {ShowText} from '../disclose/show-value.js';
import type {Shown, ShownSearch, ShownStore} from '../disclose/shown.js';
import {UserError} from '../model/problem.js';
import type {DecisionBook} from '../redact/decisions.js';
import type {Redacted} from '../redact/redactor.js';
import type {Store} from '../store/store.js';
import {plainText} from '../text/sanitize.js';
import type {Output} from './output.js';
import type {Services} from './services.js';

/** The way out of the store for a command: redacted by the built-in rules and a person's own, or as it is where that was asked for. */
export type Outlet = {
	openStore(databasePath: string): Promise<ShownStore>;
	/** Search over an open store, and the store. */
	openSearch(databasePath: string): Promise<{store: ShownStore; search: ShownSearch}>;
	/** For a command that opens the store itself: follows what people decided, or notes that it does not. */
	follow(store: Store): Promise<void>;
	/** What a command knows from elsewhere, such as paths of logs. */
	show<T>(value: T): Promise<Shown<T>>;
	/** What a finished file is looked through with before it gets its name; nothing where redaction was refused. */
	inspection(): Promise<Inspection | undefined>;
};

type OutletOptions = {
	services: Pick<Services, 'openStore' | 'openSearch'>;
	ruleFolders: RuleFolders | undefined;
	/** `--no-redact`. */
	isUnredacted: boolean;
	/** The command, as the audit trail names it. */
	command: string;
	stderr: Output;
};

type Own = {disclosure: Disclosure; decisions: DecisionBook};

const asItIs: ShowText = text => text as Redacted;

export const createOutlet = ({services, ruleFolders, isUnredacted, command, stderr}: OutletOptions): Outlet => {
	let own: Promise<Own> | undefined;
	const disclose = (): Promise<Own> => {
		own ??= ownDisclosure(ruleFolders ?? platformFolders(), stderr);
		return own;
	};

	const showText = async (): Promise<ShowText> => (isUnredacted ? asItIs : (await disclose()).disclosure.text);

	const note = async ({redactions}: Store): Promise<void> => {
		await stderr.writeLine('Nothing is redacted here: secrets and personal data stand as they are in the logs.');
		try {
			await redactions.record('no-redact', {command});
		} catch (error) {
			if (!(error instanceof UserError)) {
				throw error;
			}

			await stderr.writeLine(`That could not be noted in the audit trail: ${plainText(error.message)}`);
		}
	};

	const follow = async (store: Store): Promise<void> => {
		if (isUnredacted) {
			await note(store);
			return;
		}

		const [{disclosure, decisions}, {followDecisions}] = await Promise.all([
			disclose(),
			import('../disclose/follow-decisions.js'),
		]);
		await followDecisions(store.redactions, decisions, disclosure);
	};

	const openStore = async (databasePath: string) => {
		// Rules that cannot be read end the command before a database is opened.
		const ownOnes = isUnredacted ? undefined : await disclose();
		const store = await services.openStore(databasePath);
		try {
			await follow(store);
		} catch (error) {
			await store.close();
			throw error;
		}

		if (ownOnes === undefined) {
			const {unredacted} = await import('../disclose/unredacted.js');
			return {store, shown: unredacted(store)};
		}

		const {showStore} = await import('../disclose/show-store.js');
		return {store, shown: showStore(store, ownOnes)};
	};

	return {
		openStore: async databasePath => (await openStore(databasePath)).shown,
		async openSearch(databasePath) {
			const {store, shown} = await openStore(databasePath);
			const [{showSearch}, show] = await Promise.all([import('../disclose/show-search.js'), showText()]);
			const search = await services.openSearch(databasePath, store, (text, thread) => show(text, {thread}));
			return {store: shown, search: showSearch(search, show)};
		},
		follow,
		async show(value) {
			const [{showValue}, show] = await Promise.all([import('../disclose/show-value.js'), showText()]);
			return showValue(value, show);
		},
		async inspection() {
			if (isUnredacted) {
				return undefined;
			}

			const [{disclosure: own}, {loadSecondScanner}] = await Promise.all([
				disclose(),
				import('../disclose/second-scanner.js'),
			]);
			return {scan: own.scan, second: await loadSecondScanner()};
		},
	};
};

const ownDisclosure = async (folders: RuleFolders, stderr: Output): Promise<Own> => {
	const [{createDisclosure}, {ownRedactor}, {DecisionBook}] = await Promise.all([
		import('../disclose/disclosure.js'),
		import('./redactions/own-redactor.js'),
		import('../redact/decisions.js'),
	]);
	const decisions = new DecisionBook();
	const redactor = await ownRedactor({named: [], folders}, false, stderr, decisions);
	return {disclosure: createDisclosure(redactor), decisions};
};

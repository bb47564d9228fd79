import {platformFolders} from '../config/folders.js';
import type {RuleFolders} from '../config/read-redaction-rules.js';
import type {Inspection} from '../disclose/check-bytes.js';
import type {Disclosure} from '../disclose/disclosure.js';
import type {ShowText} from '../disclose/show-value.js';
import type {Shown, ShownSearch, ShownStore} from '../disclose/shown.js';
import {UserError} from '../model/problem.js';
import type {DecisionBook} from '../redact/decisions.js';
import type {Redactor} from '../redact/redactor.js';
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
	/** A store, and search over it should it be needed. */
	openBoth(databasePath: string): Promise<{store: ShownStore; openSearch: () => Promise<ShownSearch>}>;
	/** What a command knows from elsewhere, such as paths of logs. */
	show<T>(value: T): Promise<Shown<T>>;
	/** What a finished file is looked through with before it gets its name; nothing where redaction was refused. */
	inspection(): Promise<Inspection | undefined>;
	/** How many values became something else than a placeholder so far, by rule. */
	replaced(): Promise<ReadonlyMap<string, number>>;
	/** Another way out, by the same rules, that knows no values and numbers from 1. */
	fresh(): Outlet;
};

type OutletOptions = {
	services: Pick<Services, 'openStore' | 'openSearch'>;
	ruleFolders: RuleFolders | undefined;
	/** `--no-redact`. */
	isUnredacted: boolean;
	/** The command, as the audit trail names it. */
	command: string;
	stderr: Output;
	/** The rules, where they were read already. */
	rules?: Promise<OwnRules> | undefined;
};

type OwnRules = {redactor: Redactor; decisions: DecisionBook};

type Own = {disclosure: Disclosure; decisions: DecisionBook};

export const createOutlet = (options: OutletOptions): Outlet => {
	const {services, ruleFolders, isUnredacted, command, stderr} = options;
	let {rules} = options;
	let own: Promise<Own> | undefined;
	const disclose = (): Promise<Own> => {
		rules ??= readRules(ruleFolders ?? platformFolders(), stderr);
		own ??= ownDisclosure(rules);
		return own;
	};

	const showText = async (): Promise<ShowText> =>
		isUnredacted ? (await import('../disclose/unredacted.js')).asItIs : (await disclose()).disclosure.text;

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

	const openBoth: Outlet['openBoth'] = async databasePath => {
		const {store, shown} = await openStore(databasePath);
		return {
			store: shown,
			async openSearch() {
				const [{showSearch}, {hideNothing, hidingBy}, show] = await Promise.all([
					import('../disclose/show-search.js'),
					import('../disclose/hiding.js'),
					showText(),
				]);
				const hiding = isUnredacted ? hideNothing : hidingBy(store, (await disclose()).disclosure);
				return showSearch(await services.openSearch(databasePath, store, hiding), show);
			},
		};
	};

	return {
		openStore: async databasePath => (await openStore(databasePath)).shown,
		async openSearch(databasePath) {
			const {store, openSearch} = await openBoth(databasePath);
			return {store, search: await openSearch()};
		},
		openBoth,
		follow,
		async show(value) {
			const [{showValue}, show] = await Promise.all([import('../disclose/show-value.js'), showText()]);
			return showValue(value, show);
		},
		fresh: () => createOutlet({...options, rules}),
		replaced: async () => (isUnredacted ? new Map() : (await disclose()).disclosure.replaced()),
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

const readRules = async (folders: RuleFolders, stderr: Output): Promise<OwnRules> => {
	const [{ownRedactor}, {DecisionBook}] = await Promise.all([
		import('./redactions/own-redactor.js'),
		import('../redact/decisions.js'),
	]);
	const decisions = new DecisionBook();
	return {redactor: await ownRedactor({named: [], folders}, false, stderr, decisions), decisions};
};

const ownDisclosure = async (rules: Promise<OwnRules>): Promise<Own> => {
	const {createDisclosure} = await import('../disclose/disclosure.js');
	const {redactor, decisions} = await rules;
	return {disclosure: createDisclosure(redactor), decisions};
};

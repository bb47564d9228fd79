import {platformFolders} from '../config/folders.js';
import type {RuleFolders} from '../config/read-redaction-rules.js';
import type {Inspection} from '../disclose/check-bytes.js';
import type {Disclosure} from '../disclose/disclosure.js';
import type {ShowText} from '../disclose/show-value.js';
import type {Shown, ShownSearch, ShownStore} from '../disclose/shown.js';
import type {Redacted} from '../redact/redactor.js';
import type {Output} from './output.js';
import type {Services} from './services.js';

/** The way out of the store for a command: redacted by the built-in rules and a person's own, or as it is where that was asked for. */
export type Outlet = {
	openStore(databasePath: string): Promise<ShownStore>;
	/** Search over an open store, and the store. */
	openSearch(databasePath: string): Promise<{store: ShownStore; search: ShownSearch}>;
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
	stderr: Output;
};

const asItIs: ShowText = text => text as Redacted;

export const createOutlet = ({services, ruleFolders, isUnredacted, stderr}: OutletOptions): Outlet => {
	let disclosure: Promise<Disclosure> | undefined;
	const disclose = (): Promise<Disclosure> => {
		disclosure ??= ownDisclosure(ruleFolders ?? platformFolders(), stderr);
		return disclosure;
	};

	const showText = async (): Promise<ShowText> => (isUnredacted ? asItIs : (await disclose()).text);

	const openStore = async (databasePath: string) => {
		if (isUnredacted) {
			const {unredacted} = await import('../disclose/unredacted.js');
			await stderr.writeLine('Nothing is redacted here: secrets and personal data stand as they are in the logs.');
			const store = await services.openStore(databasePath);
			return {store, shown: unredacted(store)};
		}

		// Rules that cannot be read end the command before a database is opened.
		const [own, {showStore}] = await Promise.all([disclose(), import('../disclose/show-store.js')]);
		const store = await services.openStore(databasePath);
		return {store, shown: showStore(store, {disclosure: own})};
	};

	return {
		openStore: async databasePath => (await openStore(databasePath)).shown,
		async openSearch(databasePath) {
			const {store, shown} = await openStore(databasePath);
			const [{showSearch}, show] = await Promise.all([import('../disclose/show-search.js'), showText()]);
			const search = await services.openSearch(databasePath, store, text => show(text, {}));
			return {store: shown, search: showSearch(search, show)};
		},
		async show(value) {
			const [{showValue}, show] = await Promise.all([import('../disclose/show-value.js'), showText()]);
			return showValue(value, show);
		},
		async inspection() {
			if (isUnredacted) {
				return undefined;
			}

			const [{scan}, {loadSecondScanner}] = await Promise.all([disclose(), import('../disclose/second-scanner.js')]);
			return {scan, second: await loadSecondScanner()};
		},
	};
};

const ownDisclosure = async (folders: RuleFolders, stderr: Output): Promise<Disclosure> => {
	const [{createDisclosure}, {ownRedactor}] = await Promise.all([
		import('../disclose/disclosure.js'),
		import('./redactions/own-redactor.js'),
	]);
	return createDisclosure(await ownRedactor({named: [], folders}, false, stderr));
};

import fs from 'node:fs';
import path from 'node:path';
import {UserError} from '../model/problem.js';
import type {GitleaksFile} from '../redact/user/gitleaks.js';
import type {RedactionsFile} from '../redact/user/redactions-file.js';
import {absolutePath, type Folders, platformFolders} from './folders.js';

/** Where a person's own rules are looked for, and what paths on the command line start from. */
export type RuleFolders = Pick<Folders, 'checkoutUser' | 'config' | 'home' | 'current'>;

/** A file of rules, read and checked. */
export type RuleFile = {path: string} & ({redactions: RedactionsFile} | {gitleaks: GitleaksFile});

/** A person's own rules, files that were named first. */
export type OwnRules = {
	files: RuleFile[];
	redactions: RedactionsFile;
	gitleaks: GitleaksFile;
};

const redactionsNames = ['redactions.yml', 'redactions.yaml', 'redactions.json'];
const gitleaksNames = ['.gitleaks.toml'];

/**
Reads the files that were named, and of each kind the first that is there in a checkout's `user/` or the config folder.
Throws a `UserError` with file and line for what is not understood, and for two files of one kind side by side.
*/
export const readRedactionRules = async (
	named: readonly string[] = [],
	folders: RuleFolders = platformFolders(),
): Promise<OwnRules> => {
	const given = named.map(name => absolutePath(name, folders));
	const found = [redactionsNames, gitleaksNames].flatMap(names => findFile(names, folders) ?? []);
	const files: RuleFile[] = [];
	for (const file of new Set([...given, ...found])) {
		files.push(await readRuleFile(file));
	}

	refuseTwins(files);
	return together(files);
};

/** Reads one file of rules, of the kind that its ending says. */
export const readRuleFile = async (file: string): Promise<RuleFile> => {
	switch (path.extname(file).toLowerCase()) {
		case '.toml': {
			const {readGitleaksFile} = await import('../redact/user/gitleaks.js');
			return {path: file, gitleaks: readGitleaksFile(readText(file), file)};
		}

		case '.yml':
		case '.yaml':
		case '.json': {
			const {readRedactionsFile} = await import('../redact/user/redactions-file.js');
			return {path: file, redactions: readRedactionsFile(readText(file), file)};
		}

		default:
			throw new UserError(
				`${file} does not end like a file of rules. Use .yml, .yaml or .json for redactions, .toml for gitleaks' rules.`,
			);
	}
};

/** The rules of several files as those of one. */
export const together = (files: readonly RuleFile[]): OwnRules => {
	const redactions = files.flatMap(file => ('redactions' in file ? file.redactions : []));
	const gitleaks = files.flatMap(file => ('gitleaks' in file ? file.gitleaks : []));
	return {
		files: [...files],
		redactions: {
			rules: redactions.flatMap(({rules}) => rules),
			allow: redactions.flatMap(({allow}) => allow),
			off: redactions.flatMap(({off = []}) => off),
			on: redactions.flatMap(({on = []}) => on),
		},
		gitleaks: {
			rules: gitleaks.flatMap(({rules}) => rules),
			disabledRules: gitleaks.flatMap(({disabledRules}) => disabledRules),
			notUnderstood: files.flatMap(file =>
				'gitleaks' in file ? file.gitleaks.notUnderstood.map(clause => `${file.path}: ${clause}`) : [],
			),
		},
	};
};

/** The rules of a file, each with the id that placeholders name. */
export const rulesOf = (file: RuleFile): readonly {id: string}[] =>
	'redactions' in file ? file.redactions.rules : file.gitleaks.rules;

const findFile = (names: readonly string[], {checkoutUser, config}: RuleFolders): string | undefined => {
	for (const folder of [checkoutUser, config]) {
		const [file, other] = names
			.map(name => path.join(folder ?? '', name))
			.filter(candidate => folder !== null && isThere(candidate));
		if (other !== undefined) {
			throw new UserError(`There are both ${file} and ${other}. Keep one of them.`);
		}

		if (file !== undefined) {
			return file;
		}
	}

	return undefined;
};

/** Also true for what is there and cannot be looked at: rules are never passed over in silence. */
const isThere = (file: string): boolean => {
	try {
		return fs.statSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
	}
};

const readText = (file: string): string => {
	try {
		return fs.readFileSync(file, 'utf8');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		throw new UserError(
			code === 'ENOENT' || code === 'ENOTDIR'
				? `There is no file of rules at ${file}. Correct the path.`
				: `The rules in ${file} cannot be read (${code}). Mend the file, or move it away.`,
		);
	}
};

/** Placeholders and lists name a rule by its id alone. */
const refuseTwins = (files: readonly RuleFile[]): void => {
	const owners = new Map<string, string>();
	for (const file of files) {
		for (const {id} of rulesOf(file)) {
			const owner = owners.get(id);
			if (owner !== undefined) {
				throw new UserError(`Rule "${id}" is in ${owner} and in ${file.path}. Rename or remove one.`);
			}

			owners.set(id, file.path);
		}
	}
};

import {didYouMean} from '../model/did-you-mean.js';
import {UserError} from '../model/problem.js';
import type {FlagRow} from './command-table.js';

export type Arguments = {
	/** What is no flag, in order. */
	words: string[];
	/** Flags by their long name; switches are true, what may be given several times is a list. */
	flags: Map<string, string | true | string[]>;
	/** Where in the given list the first word stands; -1 without one. */
	firstWordAt: number;
};

/** Splits arguments into words and flags, and says in a sentence what is wrong with them. */
export const checkArguments = (
	args: readonly string[],
	rows: readonly FlagRow[],
	{stopAtWord = false, takesMinus = false}: {stopAtWord?: boolean; takesMinus?: boolean} = {},
): Arguments => {
	const result: Arguments = {words: [], flags: new Map(), firstWordAt: -1};
	for (let index = 0; index < args.length; index++) {
		const argument = args[index] ?? '';
		const isEnd = argument === '--';
		if (isEnd || argument === '-' || !argument.startsWith('-') || (takesMinus && isMinusWord(argument, rows))) {
			const words = isEnd ? args.slice(index + 1) : [argument];
			if (result.words.length === 0 && words.length > 0) {
				result.firstWordAt = isEnd ? index + 1 : index;
			}

			result.words.push(...words);
			if (isEnd || stopAtWord) {
				break;
			}

			continue;
		}

		const {row, shown, inline} = findFlag(argument, rows);
		let value = inline;
		if (row.value !== undefined && value === undefined) {
			const next = args[index + 1];
			value = next === undefined || (next.startsWith('-') && next !== '-') ? undefined : next;
			index++;
		}

		addFlag(result.flags, row, shown, value);
	}

	return result;
};

/** `-old`, where no flag is meant by it. */
const isMinusWord = (argument: string, rows: readonly FlagRow[]): boolean =>
	!argument.startsWith('--') && !rows.some(({short}) => argument === `-${short}`);

const findFlag = (argument: string, rows: readonly FlagRow[]) => {
	const equals = argument.indexOf('=');
	const shown = equals > 0 ? argument.slice(0, equals) : argument;
	const inline = equals > 0 ? argument.slice(equals + 1) : undefined;
	const row = rows.find(({name, short}) => shown === `--${name}` || (short !== undefined && shown === `-${short}`));
	if (row === undefined) {
		const known = rows.map(({name}) => `--${name}`);
		const hint = didYouMean(shown, known, name => name) || ' See --help for those there are.';
		throw new UserError(`Unknown flag ${shown}.${hint}`);
	}

	return {row, shown, inline};
};

const addFlag = (flags: Arguments['flags'], row: FlagRow, shown: string, value: string | undefined): void => {
	if (row.value === undefined && value !== undefined) {
		throw new UserError(`The flag ${shown} takes no value. Write just ${shown}.`);
	}

	if (row.value !== undefined && !value) {
		throw new UserError(`The flag ${shown} needs a value. Write ${shown} ${row.value}.`);
	}

	if (row.isCount && !/^[1-9]\d{0,14}$/.test(value ?? '')) {
		throw new UserError(`The flag ${shown} needs a whole number from 1 on, not "${value}".`);
	}

	if (row.isList) {
		const earlier = flags.get(row.name);
		flags.set(row.name, [...(Array.isArray(earlier) ? earlier : []), value ?? '']);
		return;
	}

	if (flags.has(row.name) && row.value !== undefined) {
		throw new UserError(`The flag --${row.name} is given twice. Keep one.`);
	}

	flags.set(row.name, value ?? true);
};

import {didYouMean} from '../model/did-you-mean.js';
import type {OwnSetting} from '../model/own-setting.js';
import {UserError} from '../model/problem.js';
import {paneIds} from '../view/layout.js';
import {type CommandId, defaultKeys, type KeyMap, type Scope, type TypedBinding} from './key-bindings.js';
import {worksIn} from './key-lookup.js';
import {typedText} from './key-names.js';
import {readKey} from './key-spelling.js';

/**
The default keys with those of a person in their place. A command or a key that there is not, and a key that would
mean two things in one place, throw a `UserError` that names the line.
*/
export const bindKeys = (settings: readonly OwnSetting[]): KeyMap => {
	const changes = new Map(settings.map(setting => [commandNamed(setting), setting]));
	const keys = defaultKeys.map((binding): TypedBinding => {
		const setting = changes.get(binding.command);
		return setting ? {...binding, keys: readKeys(setting, binding)} : binding;
	});
	for (const setting of settings) {
		requireOwn(keys, setting);
	}

	return keys;
};

/** The same without what only a mouse does. */
export const keyboardOnly = (keys: KeyMap): KeyMap =>
	keys.map(binding => ({...binding, keys: binding.keys.filter(key => key !== 'double-click')}));

const described = ({name, place}: OwnSetting): string => `"${name}" in section [keys], ${place},`;

const commandNamed = ({name, place}: OwnSetting): CommandId => {
	const known = defaultKeys.map(({command}) => command);
	const command = known.find(candidate => candidate === name);
	if (command === undefined) {
		const hint = didYouMean(name, known) || ' user/config.example.toml lists those that there are.';
		throw new UserError(`Unknown command "${name}" in section [keys], ${place}.${hint}`);
	}

	return command;
};

const readKeys = (setting: OwnSetting, binding: TypedBinding): string[] => {
	const {value} = setting;
	const texts: unknown[] = Array.isArray(value) ? value : [value];
	const given = texts.filter(text => typeof text === 'string');
	if (given.length < texts.length || given.includes('')) {
		throw new UserError(`${described(setting)} must be a key or a list of keys, such as "x" or ["x", "ctrl-x"].`);
	}

	const keys = [...new Set(given.map(text => readKey(text, described(setting))))];
	if (keys.length === 0 && binding.scope !== 'panes') {
		throw new UserError(`${described(setting)} needs a key, as nothing else does what it does. Give it one.`);
	}

	const typed = keys.find(key => scopesOf(binding).some(scope => typing.has(scope)) && typedText(key) !== undefined);
	if (typed !== undefined) {
		throw new UserError(
			`${described(setting)} cannot have the key "${typed}", which is typed as text there. Take one such as "ctrl-x".`,
		);
	}

	return keys;
};

/** Where a line is typed. */
const typing: ReadonlySet<Scope> = new Set(['typing', 'search', 'palette', 'entry', 'filing']);

const scopes = [
	'panes',
	'typing',
	'search',
	'palette',
	'entry',
	'overlay',
	'usage',
	'menu',
	'select',
	'findings',
	'filing',
	'report',
] as const satisfies readonly Scope[];

const scopesOf = ({scope}: TypedBinding): readonly Scope[] =>
	scope === 'always' ? scopes : typeof scope === 'string' ? [scope] : scope;

/** The command that has a key of this one in the same place. */
const rivalOf = (keys: KeyMap, own: TypedBinding): {key: string; rival: CommandId} | undefined => {
	for (const rival of keys) {
		const key = own.keys.find(candidate => rival.keys.includes(candidate));
		const meets = scopes.some(scope => paneIds.some(pane => worksIn(own, scope, pane) && worksIn(rival, scope, pane)));
		if (key !== undefined && rival !== own && meets) {
			return {key, rival: rival.command};
		}
	}

	return undefined;
};

const requireOwn = (keys: KeyMap, setting: OwnSetting): void => {
	const own = keys.find(({command}) => command === setting.name);
	const found = own && rivalOf(keys, own);
	if (found) {
		throw new UserError(
			`${described(setting)} has the key "${found.key}", which "${found.rival}" has too. Give one of them another.`,
		);
	}
};

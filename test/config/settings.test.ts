import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import type {Folders} from '../../source/config/folders.js';
import {type CommonFlags, requireSource, resolveSettings} from '../../source/config/settings.js';
import {prepareDatabaseFolder} from '../../source/config/writable-folders.js';
import {UserError} from '../../source/model/problem.js';

const isRoot = process.getuid?.() === 0;

/** A person's home, config and data folders, all empty and gone after the test. */
const folders = (t: TestContext): Folders => {
	const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'codex-tui-test-')));
	t.after(() => fs.rmSync(root, {recursive: true, force: true}));
	for (const name of ['home', 'config', 'checkout', 'current']) {
		fs.mkdirSync(path.join(root, name));
	}

	return {
		home: path.join(root, 'home'),
		config: path.join(root, 'config'),
		data: path.join(root, 'data', 'codex-tui'),
		checkoutUser: path.join(root, 'checkout'),
		current: path.join(root, 'current'),
	};
};

const says = (message: string | RegExp) => (error: unknown) => {
	assert.ok(error instanceof UserError);
	assert.equal(error.exitCode, 2);
	assert[typeof message === 'string' ? 'equal' : 'match'](error.message, message as never);
	return true;
};

test('no file and no flag gives the defaults', t => {
	const places = folders(t);
	assert.deepEqual(resolveSettings({}, {}, places), {
		source: {home: path.join(places.home, '.codex')},
		sourceFrom: null,
		codexHome: path.join(places.home, '.codex'),
		codexSqliteHome: null,
		databasePath: path.join(places.data, 'codex-tui.db'),
		isDefaultDatabase: true,
		batchSize: 2000,
		reportsDir: path.join(places.data, 'reports'),
		theme: 'auto',
		mouse: true,
		screenReader: false,
		keys: [],
		themes: [],
		notify: 'off',
		configFile: null,
	});
});

test('flags win over the environment, the environment over the file', t => {
	const places = folders(t);
	const file = path.join(places.config, 'config.toml');
	fs.writeFileSync(
		file,
		'[sessions]\nroot = "logs"\n[ingest]\ndb_path = "~/a.db"\nbatch_size = 4\n[ui]\ntheme = "light"\n',
	);
	const resolve = (flags: CommonFlags, env: Record<string, string>) => {
		const {source, databasePath} = resolveSettings(flags, env, places);
		return [Object.values(source)[0], databasePath];
	};

	const env = {CODEX_HOME: 'from-env', CODEX_TUI_DATABASE: 'env.db'};
	const inCurrent = (name: string): string => path.join(places.current, name);
	assert.deepEqual(resolve({codexHome: 'from-flag', database: '~/flag.db'}, env), [
		inCurrent('from-flag'),
		path.join(places.home, 'flag.db'),
	]);
	assert.deepEqual(resolve({}, env), [inCurrent('from-env'), inCurrent('env.db')]);
	assert.deepEqual(resolve({}, {CODEX_HOME: '', CODEX_TUI_DATABASE: ''}), [
		path.join(places.config, 'logs'),
		path.join(places.home, 'a.db'),
	]);

	const settings = resolveSettings({}, {}, places);
	assert.equal(settings.batchSize, 4);
	assert.equal(settings.theme, 'light');
	assert.equal(settings.configFile, file);
	assert.equal(settings.isDefaultDatabase, false);
});

test('the named file wins over the one of a checkout, that over the person’s', t => {
	const places = folders(t);
	const named = path.join(places.current, 'mine.toml');
	for (const file of [named, `${places.checkoutUser}/config.toml`, `${places.config}/config.toml`]) {
		fs.writeFileSync(file, '');
	}

	assert.equal(resolveSettings({config: 'mine.toml'}, {}, places).configFile, named);
	assert.equal(resolveSettings({}, {}, places).configFile, path.join(places.checkoutUser ?? '', 'config.toml'));
	assert.equal(
		resolveSettings({}, {}, {...places, checkoutUser: null}).configFile,
		path.join(places.config, 'config.toml'),
	);
	assert.throws(
		() => resolveSettings({config: 'gone.toml'}, {}, places),
		says(
			`No config file at ${path.join(places.current, 'gone.toml')}. Correct the path after --config, or leave the flag out.`,
		),
	);
});

test('--sessions takes a home as a home, and finds the home that a path leads through', t => {
	const places = folders(t);
	const home = path.join(places.home, 'other');
	const year = path.join(home, 'sessions', '2026');
	fs.mkdirSync(year, {recursive: true});
	const resolve = (flags: CommonFlags) => {
		const {source, codexHome} = resolveSettings(flags, {}, places);
		return {source, codexHome};
	};

	assert.deepEqual(resolve({sessions: home}), {source: {home}, codexHome: home});
	assert.deepEqual(resolve({sessions: year}), {source: {path: year}, codexHome: home});
	assert.deepEqual(resolve({sessions: places.current}), {source: {path: places.current}, codexHome: null});
	assert.deepEqual(resolve({sessions: year, codexHome: places.home}), {source: {path: year}, codexHome: places.home});
});

test('a missing place for logs is said with who named it', t => {
	const places = folders(t);
	const check =
		(flags: CommonFlags, env = {}) =>
		() =>
			requireSource(resolveSettings(flags, env, places));
	assert.throws(
		check({}),
		says(/^There is no Codex home at .*\.codex yet\. Run Codex once, or point to another with --codex-home/),
	);
	assert.throws(
		check({codexHome: 'gone'}),
		says(/^There is nothing at .*gone \(from --codex-home\)\. Point to another/),
	);
	assert.throws(check({}, {CODEX_HOME: 'gone'}), says(/\(from CODEX_HOME\)/));
	assert.throws(check({sessions: 'gone'}), says(/\(from --sessions\)/));
	fs.writeFileSync(path.join(places.current, 'file'), '');
	assert.throws(check({codexHome: 'file'}), says(/is not a folder\. Point to another/));
	assert.throws(check({codexHome: 'file/deeper'}), says(/There is nothing at/));
	assert.doesNotThrow(check({sessions: 'file'}));
});

test('the database folder is made for its owner alone', t => {
	const settings = resolveSettings({}, {}, folders(t));
	prepareDatabaseFolder(settings);
	assert.equal(fs.statSync(path.dirname(settings.databasePath)).mode & 0o777, 0o700);
});

test('a folder that cannot be used is said with the next step', t => {
	const places = folders(t);
	fs.writeFileSync(path.join(places.current, 'file'), '');
	const prepare = (database: string) => () => prepareDatabaseFolder(resolveSettings({database}, {}, places));
	assert.throws(
		prepare('file/x.db'),
		says(/^The database folder .*file cannot be made, as .*file is a file\. Choose another place/),
	);
	assert.throws(prepare('.'), says(/is a folder\. Name a file with --database FILE\.$/));
	assert.throws(
		prepare('~/.codex/x.db'),
		says(/would lie in the Codex home, where codex-tui never writes\. Choose another/),
	);

	fs.writeFileSync(path.join(places.config, 'config.toml'), '[outputs]\nreports_dir = "../current/file/reports"\n');
	assert.throws(
		() => resolveSettings({}, {}, places),
		says(/^The reports folder .* cannot be made, as .* is a file\. Choose another with reports_dir/),
	);
});

test('a folder that may not be written is said', {skip: isRoot && 'root may write all'}, t => {
	const places = folders(t);
	fs.chmodSync(places.current, 0o500);
	assert.throws(
		() => prepareDatabaseFolder(resolveSettings({database: 'x.db'}, {}, places)),
		says(/^The database folder .* cannot be written\. Choose another place/),
	);
});

test('a folder that the file system refuses is said', {skip: process.platform !== 'linux' && 'no /proc'}, t => {
	assert.throws(
		() => prepareDatabaseFolder(resolveSettings({database: '/proc/codex-tui/data/x.db'}, {}, folders(t))),
		says(/^The database folder \/proc\/codex-tui\/data cannot be (made|written).*Choose another place/),
	);
});

test('CODEX_SQLITE_HOME speaks of the home that Codex itself uses', () => {
	const env = {CODEX_HOME: '/codex', CODEX_SQLITE_HOME: '/databases'};
	assert.equal(resolveSettings({}, env).codexSqliteHome, path.resolve('/databases'));
	assert.equal(resolveSettings({codexHome: '/elsewhere'}, env).codexSqliteHome, null);
	assert.equal(resolveSettings({}, {CODEX_HOME: '/codex'}).codexSqliteHome, null);
});

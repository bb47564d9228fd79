import Database from 'better-sqlite3';
import {codex} from '../../source/formats/codex/index.js';
import {FindingsPass} from '../../source/ingest/findings-pass.js';
import {type Assembly, assembleRedactor} from '../../source/redact/assemble.js';
import type {SearchIndex} from '../../source/store/search-index.js';
import {searchPath} from '../../source/store/sqlite/database.js';
import {openIngestStore} from '../../source/store/sqlite/open-ingest-store.js';
import {openSearchIndex} from '../../source/store/sqlite/open-search-index.js';
import {functionCall, functionOutput, item, legacyTurn, meta, rolloutOf} from '../helpers/rollout.js';
import {fromRecipe} from '../helpers/secret-samples.js';
import type {Home} from './home.js';

export const password = fromRecipe('<p16>', 3);
export const token = fromRecipe('ghp_<A36>', 5);
export const key = fromRecipe('<A40>', 7);

/** A session that names values and repeats them without their names, before and after. */
export const secretive = (more: readonly string[] = []): Buffer =>
	rolloutOf([
		meta(),
		...legacyTurn(`Why is ${password} refused?`, 'It is not set.', 1, 1000),
		item(functionCall('exec_command', {cmd: 'cat .env'}, 'call-1'), 20),
		item(functionOutput('call-1', `DB_PASSWORD=${password}\nAPI_KEY=${key}\n`), 21),
		...legacyTurn(`Use ${token} then, and ask kim.quill@harbour.dev`, `With ${key}?`, 30, 2000),
		item(functionCall('exec_command', {cmd: `curl -u admin:${password} https://tides.dev`}, 'call-2'), 40),
		item(functionOutput('call-2', `refused: ${password}`), 41),
		...more,
	]);

/** Fingerprint of the rules that the program comes with. */
export const usualRules = assembleRedactor().fingerprint;

type Disturbance = {
	rules?: Assembly;
	wrap?: (search: SearchIndex) => SearchIndex;
	shouldPause?: () => boolean;
};

/** Looks through the logs of a database, by a pass of its own each time that it is left, until nothing is left. Answers how often. */
export const lookThrough = async (
	home: Pick<Home, 'database'>,
	{rules = {}, wrap = search => search, shouldPause = () => false}: Disturbance = {},
): Promise<number> => {
	const redactor = assembleRedactor(rules);
	for (let rounds = 1; ; rounds++) {
		const store = openIngestStore(home.database);
		const search = openSearchIndex(home.database);
		try {
			const pass = new FindingsPass({store, search: wrap(search), format: codex, redactor});
			if (await pass.look({shouldPause})) {
				return rounds;
			}
		} finally {
			search.close();
			await store.close();
		}
	}
};

export type FindingRow = Record<'event_id' | 'field' | 'start' | 'end' | 'rule' | 'class' | 'places', unknown>;

/** Everything that was found and learned, but for the keys, which are others in each database. */
export const findingsIn = (database: string): {findings: FindingRow[]; lessons: unknown[]; progress: unknown[]} => {
	const db = new Database(searchPath(database), {readonly: true});
	try {
		return {
			findings: db
				.prepare(
					'select file_id, event_id, field, start, "end", rule, class, confidence, places from findings order by event_id, field, start, rule',
				)
				.all() as FindingRow[],
			lessons: db.prepare('select event_id from lessons order by 1').pluck().all(),
			progress: db.prepare("select * from progress where part = 'findings' order by file_id").all(),
		};
	} finally {
		db.close();
	}
};

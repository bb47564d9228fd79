import fs from 'node:fs';
import {searchExpression} from '../search-words.js';
import {mostCounted, type TextHits, type TextSearch} from '../text-search.js';
import {type Connection, openDatabase, searchPath} from './database.js';
import {explained} from './explained.js';
import {endIdOf, fileOf, firstIdOf} from './ids.js';
import {searchParts} from './indexed-logs.js';

const nothing: TextHits = {ids: [], total: 0};

/** Opens the search database that belongs to an index, for questions only; see `TextSearch`. */
export const openTextSearch = (file: string): TextSearch => {
	const path = searchPath(file);
	let opened: {db: Connection; find: ReturnType<typeof textFinder>} | undefined;
	const finder = () => {
		if (opened === undefined && fs.existsSync(path)) {
			const db = openDatabase('search', path);
			opened = {db, find: textFinder(db)};
		}

		return opened?.find;
	};

	return explained(
		{
			async searchText({query, in: where, limit}) {
				const expression = searchExpression(query);
				return expression === undefined ? nothing : (finder()?.(expression, where, limit) ?? nothing);
			},
			async close() {
				opened?.db.close();
				opened = undefined;
			},
		},
		path,
	);
};

const textFinder = (db: Connection) => {
	const matches = (part: string): string => `select rowid as id from ${part} where ${part} match @expression`;
	/** In both, either one's newest are enough to know the newest of all. */
	const statements = (parts: readonly string[]) => ({
		first: db
			.prepare(
				`${parts.map(part => `select id from (${matches(part)} order by rowid limit @limit)`).join(' union ')}
				order by 1 limit @limit`,
			)
			.pluck(),
		lastOfFile: db
			.prepare(
				`${parts
					.map(
						part =>
							`select id from (${matches(part)} and rowid >= @from and rowid < @end order by rowid desc limit @limit)`,
					)
					.join(' union ')}
				order by 1 desc limit @limit`,
			)
			.pluck(),
		count: db
			.prepare(
				`select count(*) from (${parts.map(part => `select id from (${matches(part)} limit ${mostCounted})`).join(' union ')})`,
			)
			.pluck(),
	});
	const byPart = {
		messages: statements(['messages']),
		outputs: statements(['outputs']),
		both: statements(searchParts),
	};
	type Statements = (typeof byPart)['both'];

	/** Ids begin with the newest log, but within a log with the oldest event. */
	const newest = ({first, lastOfFile}: Statements, expression: string, limit: number): number[] => {
		const ids = first.all({expression, limit}) as number[];
		const files = [...Map.groupBy(ids, fileOf)];
		const cutFile = ids.length === limit ? files.at(-1)?.[0] : undefined;
		return files.flatMap(([file, found]) =>
			file === cutFile
				? (lastOfFile.all({
						expression,
						limit: found.length,
						from: firstIdOf(file),
						end: endIdOf(file),
					}) as number[])
				: found.toReversed(),
		);
	};

	return (expression: string, where: keyof typeof byPart, limit: number): TextHits => ({
		ids: newest(byPart[where], expression, Math.max(0, Math.floor(limit))),
		total: Math.min(mostCounted, byPart[where].count.get({expression}) as number),
	});
};

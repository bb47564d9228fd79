/** One of the databases: what can be derived again, what cannot, the words to search for, and what people added. */
export type Part = 'index' | 'archive' | 'search' | 'annotations';

const besideIndex = (indexPath: string, part: Part): string =>
	indexPath === ':memory:' ? ':memory:' : `${indexPath.replace(/\.(db|sqlite3?)$/, '')}.${part}.db`;

/** The archive lies beside the index and carries its name. */
export const archivePath = (indexPath: string): string => besideIndex(indexPath, 'archive');

/** So does the search database. */
export const searchPath = (indexPath: string): string => besideIndex(indexPath, 'search');

/** And what people added to the logs. */
export const annotationsPath = (indexPath: string): string => besideIndex(indexPath, 'annotations');

/** The key that what people decided about secrets is sealed with. */
export const keyPath = (indexPath: string): string =>
	indexPath === ':memory:' ? ':memory:' : `${indexPath.replace(/\.(db|sqlite3?)$/, '')}.key`;

const pathOf: Record<Part, (indexPath: string) => string> = {
	index: file => file,
	archive: archivePath,
	search: searchPath,
	annotations: annotationsPath,
};

/** Every database that belongs to an index, itself first, whether it is there or not. */
export const databaseFiles = (indexPath: string): {part: Part; path: string}[] =>
	Object.entries(pathOf).map(([part, path]) => ({part: part as Part, path: path(indexPath)}));

import {repositoryOf} from '../model/repository.js';
import type {SearchTools} from './tools.js';

/** Values offered for a filter. */
const mostValues = 50;

/** Values of a filter that have what was typed, the most frequent first; those that begin with it before others. */
export const completeValue = (tools: SearchTools, name: string, beginning: string): string[] => {
	for (const _ of tools.store.readSessions()) {
		// Completing waits for it; who types on is answered from what was read before.
	}

	const typed = beginning.toLowerCase();
	const values = valuesOf(tools, name).filter(value => value.toLowerCase().includes(typed));
	const begins = (value: string): boolean =>
		value.toLowerCase().startsWith(typed) || value.toLowerCase().includes(`/${typed}`);
	return [...values.filter(begins), ...values.filter(value => !begins(value))].slice(0, mostValues);
};

const valuesOf = ({store, facts}: SearchTools, name: string): readonly string[] => {
	switch (name) {
		case 'repo':
			return mostFrequent(store.sessions().map(session => repositoryOf(session.gitRepositoryUrl, session.cwd)));
		case 'branch':
			return mostFrequent(store.sessions().map(({gitBranch}) => gitBranch));
		case 'model':
			return mostFrequent(store.sessions().flatMap(({models}) => models));
		case 'tag':
			return mostFrequent(store.sessions().flatMap(session => facts.of(session).tags ?? []));
		case 'tool':
			return store.toolNames();
		case 'file':
			return store.changedFiles();
		default:
			return [];
	}
};

const mostFrequent = (values: readonly (string | null)[]): string[] => {
	const counts = new Map<string, number>();
	for (const value of values) {
		if (value !== null) {
			counts.set(value, (counts.get(value) ?? 0) + 1);
		}
	}

	return [...counts].toSorted((a, b) => b[1] - a[1]).map(([value]) => value);
};

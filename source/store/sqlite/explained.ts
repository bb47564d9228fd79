import {explain} from './explain.js';

async function* explainedRows<Row>(rows: AsyncIterable<Row>, file: string): AsyncGenerator<Row> {
	try {
		yield* rows;
	} catch (error) {
		throw explain(error, file);
	}
}

const explainedAnswer = async (answer: Promise<unknown>, file: string): Promise<unknown> => {
	try {
		return await answer;
	} catch (error) {
		throw explain(error, file);
	}
};

/** A store with SQLite's own errors, such as a damaged page met while reading, turned into sentences. */
export const explained = <Store extends object>(store: Store, file: string): Store =>
	new Proxy(store, {
		get(target, name, receiver) {
			const method: unknown = Reflect.get(target, name, receiver);
			if (typeof method !== 'function') {
				return method;
			}

			return (...args: unknown[]): unknown => {
				const answer: unknown = Reflect.apply(method, target, args);
				return answer instanceof Promise
					? explainedAnswer(answer, file)
					: explainedRows(answer as AsyncIterable<unknown>, file);
			};
		},
	});

function* explainedItems<Item>(items: Iterable<Item>, file: string): Generator<Item> {
	try {
		yield* items;
	} catch (error) {
		throw explain(error, file);
	}
}

/** The same for a part of a store that answers at once, so that its own database is named instead of the store's. */
export const explainedAtOnce = <Part extends object>(part: Part, file: string): Part =>
	new Proxy(part, {
		get(target, name, receiver) {
			const method: unknown = Reflect.get(target, name, receiver);
			if (typeof method !== 'function') {
				return method;
			}

			return (...args: unknown[]): unknown => {
				try {
					const answer: unknown = Reflect.apply(method, target, args);
					const isRows = answer !== null && typeof answer === 'object' && 'next' in answer;
					return isRows ? explainedItems(answer as unknown as Iterable<unknown>, file) : answer;
				} catch (error) {
					throw explain(error, file);
				}
			};
		},
	});

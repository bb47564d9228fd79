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

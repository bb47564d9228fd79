import {fromRecipe} from '../helpers/secret-samples.js';

/** Values that must never be seen, by what is said when one is: where it was planted. */
export type Canaries = {
	/** Makes a value by a recipe and answers it; asked again, it is the same. */
	plant: (place: string, recipe: string) => string;
	values: ReadonlyMap<string, string>;
};

export const createCanaries = (): Canaries => {
	const values = new Map<string, string>();
	return {
		values,
		plant(place, recipe) {
			const value = values.get(place) ?? fromRecipe(recipe, 7001 + 37 * values.size);
			values.set(place, value);
			return value;
		},
	};
};

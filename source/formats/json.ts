/** Narrow readers over JSON that nobody promised the shape of: a wrong type reads as absent. */
export type Json = {readonly [key: string]: unknown};

export const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const object = (from: Json, key: string): Json => {
	const value = from[key];
	return isObject(value) ? value : {};
};

export const text = (from: Json, key: string): string | null => {
	const value = from[key];
	return typeof value === 'string' ? value : null;
};

export const number = (from: Json, key: string): number | null => {
	const value = from[key];
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** A number as a whole one; null where it is none, or larger than an integer can be. */
export const wholeNumber = (value: number | null): number | null => {
	const whole = value === null ? null : Math.round(value);
	return Number.isSafeInteger(whole) ? whole : null;
};

export const integer = (from: Json, key: string): number | null => wholeNumber(number(from, key));

/** A count of something: an integer that is not negative, else 0. */
export const countIn = (value: unknown): number => {
	if (typeof value !== 'number') {
		return 0;
	}

	return Math.max(0, Number.isSafeInteger(value) ? value : (wholeNumber(Number.isFinite(value) ? value : null) ?? 0));
};

export const count = (from: Json, key: string): number => countIn(from[key]);

export const flag = (from: Json, key: string): boolean => from[key] === true;

export const list = (from: Json, key: string): readonly unknown[] => {
	const value = from[key];
	return Array.isArray(value) ? value : [];
};

export const objects = (from: Json, key: string): Json[] => list(from, key).filter(isObject);

export const texts = (from: Json, key: string): string[] =>
	list(from, key).filter((value): value is string => typeof value === 'string');

/** JSON text of a value; nesting too deep for the engine is named, not thrown. */
export const toJson = (value: unknown, indent?: string): string => {
	try {
		return JSON.stringify(value, null, indent) ?? 'null';
	} catch {
		return '"[nested too deeply]"';
	}
};

/** JSON inside a string, such as the arguments of a function call; undefined when it is none. */
export const parseJson = (source: string): unknown => {
	try {
		return JSON.parse(source) as unknown;
	} catch {
		return undefined;
	}
};

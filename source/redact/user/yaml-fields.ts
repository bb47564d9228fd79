import {isScalar, isSeq, type YAMLMap} from 'yaml';

/** How the fields of a file are read: what is not understood is refused, with its line. */
export type Reader = {refuse(node: unknown, what: string): never; lineOf(node: unknown): number};

export const text = (map: YAMLMap, field: string, reader: Reader): string | undefined => {
	const value = map.get(field);
	return value === undefined || value === null
		? undefined
		: typeof value === 'string' || typeof value === 'number'
			? String(value)
			: reader.refuse(map.get(field, true), `${field} must be a text.`);
};

export const flag = (map: YAMLMap, field: string, byDefault: boolean, reader: Reader): boolean => {
	const value = map.get(field);
	return value === undefined
		? byDefault
		: typeof value === 'boolean'
			? value
			: reader.refuse(map.get(field, true), `${field} must be true or false.`);
};

export const choice = <T extends string>(
	map: YAMLMap,
	field: string,
	known: readonly T[],
	byDefault: T,
	reader: Reader,
): T => {
	const value = text(map, field, reader) ?? byDefault;
	return (
		known.find(one => one === value) ??
		reader.refuse(
			map.get(field, true),
			`${field} is "${value}". It must be ${known.join(', ').replace(/, ([^,]+)$/, ' or $1')}.`,
		)
	);
};

export const list = (map: YAMLMap, field: string, reader: Reader): string[] => {
	const node = map.get(field, true) as unknown;
	if (node === undefined) {
		return [];
	}

	if (isScalar(node) && typeof node.value === 'string') {
		return [node.value];
	}

	return isSeq(node)
		? node.items.map(item =>
				isScalar(item) && typeof item.value === 'string' ? item.value : reader.refuse(item, `${field} must be names.`),
			)
		: reader.refuse(node, `${field} must be a list.`);
};

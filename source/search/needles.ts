import type {TextNode} from '../query/query.js';

/** Needles shorter than this stand in every line. */
const shortest = 2;

const lower = (text: string): string => text.toLowerCase();

/** Texts of which an event that fits has at least one; the longest ones that will do. */
export const needlesOf = (node: TextNode): string[] => {
	switch (node.type) {
		case 'word':
		case 'phrase': {
			const text = node.text.trim();
			return text.length < shortest ? [] : [text];
		}

		case 'and': {
			const sides = node.nodes.map(needlesOf).filter(side => side.length > 0);
			const shortestOf = (side: readonly string[]): number => Math.min(...side.map(({length}) => length));
			return sides.toSorted((a, b) => shortestOf(b) - shortestOf(a))[0] ?? [];
		}

		case 'or': {
			const sides = node.nodes.map(needlesOf);
			return sides.some(side => side.length === 0) ? [] : sides.flat();
		}

		case 'not': {
			return [];
		}
	}
};

/** Every text that is to be marked, in small letters. */
export const markedNeedles = (node: TextNode | null): string[] => {
	switch (node?.type) {
		case 'word':
		case 'phrase': {
			return [lower(node.text.trim())].filter(text => text !== '');
		}

		case 'and':
		case 'or': {
			return node.nodes.flatMap(markedNeedles);
		}

		default: {
			return [];
		}
	}
};

/** Whether texts, in small letters, together have what a query asks for, wherever it stands in them. */
export const holdsInside = (node: TextNode, texts: readonly string[]): boolean => {
	switch (node.type) {
		case 'word':
		case 'phrase': {
			const needle = lower(node.text.trim());
			return texts.some(text => text.includes(needle));
		}

		case 'and': {
			return node.nodes.every(inner => holdsInside(inner, texts));
		}

		case 'or': {
			return node.nodes.some(inner => holdsInside(inner, texts));
		}

		case 'not': {
			return !holdsInside(node.node, texts);
		}
	}
};

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

/** A character outside of ASCII: as it is, in either case, or spelt out. */
const spelt = (character: string): string => {
	const forms = [...new Set([character, character.toLowerCase(), character.toUpperCase()])].flatMap(form => [
		escaped(Buffer.from(form).toString('latin1')),
		Array.from(
			{length: form.length},
			(_, unit) => String.raw`\\+u${form.charCodeAt(unit).toString(16).padStart(4, '0')}`,
		).join(''),
	]);
	return `(?:${forms.join('|')})`;
};

/**
Finds needles in the bytes of a log, read as latin1. JSON may spell characters in several ways, and JSON inside of JSON puts
further backslashes before them; what is found is looked at again in the event's text.
*/
export const needlePattern = (needles: readonly string[]): RegExp => {
	const patternOf = (character: string): string => {
		switch (character) {
			case '\n':
				return String.raw`\\+n`;
			case '\r':
				return String.raw`\\+r`;
			case '\t':
				return String.raw`\\+t`;
			case '\\':
				return String.raw`\\+`;
			case '"':
			case '/':
				return String.raw`\\*${escaped(character)}`;
			default:
				return character > '\x7f' ? spelt(character) : escaped(character);
		}
	};
	return new RegExp(needles.map(needle => [...needle.toWellFormed()].map(patternOf).join('')).join('|'), 'gi');
};

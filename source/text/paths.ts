import {splitClusters, textWidth} from './cells.js';
import {plainText} from './sanitize.js';

/** Beyond what any system allows; keeps a damaged log from costing time. */
const longestPath = 8192;

const windowsPrefix = /^\\\\\?\\(?:UNC\\)?/;

const decode = (text: string): string => {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
};

/** A path as a person writes it: no `file://`, no `\\?\`, nothing that a terminal would obey. */
export const plainPath = (path: string): string => {
	const uri = /^file:\/\/(?:localhost)?(.*)$/is.exec(path)?.[1];
	let result = path;
	if (uri !== undefined) {
		const decoded = decode(uri);
		result = /^\/[a-z]:/i.test(decoded) ? decoded.slice(1) : decoded;
	}

	const unprefixed = result
		.slice(-longestPath)
		.replace(windowsPrefix, match => (match.endsWith('UNC\\') ? '\\\\' : ''));
	return plainText(unprefixed).replaceAll('\n', '␊');
};

const withTilde = (path: string, home: string | undefined): string => {
	if (!home || !path.startsWith(home)) {
		return path;
	}

	const rest = path.slice(home.length);
	return rest === '' || rest.startsWith('/') || rest.startsWith('\\') ? `~${rest}` : path;
};

const endOf = (text: string, width: number): string => {
	const clusters = splitClusters(text);
	let room = width;
	let index = clusters.length;
	while (index > 0 && (clusters[index - 1]?.cells ?? 0) <= room) {
		index--;
		room -= clusters[index]?.cells ?? 0;
	}

	return text.slice(clusters[index]?.start ?? text.length);
};

/** A path in at most `width` cells: `~/shop`, else `…/` and the last parts that fit, else the end of the last. */
export const shortPath = (path: string, width: number, home?: string): string => {
	const full = withTilde(plainPath(path), home === undefined ? undefined : plainPath(home));
	if (textWidth(full) <= width) {
		return full;
	}

	for (let index = full.search(/[/\\]/); index >= 0; ) {
		const tail = `…${full.slice(index)}`;
		if (tail.length > 2 && textWidth(tail) <= width) {
			return tail;
		}

		const next = full.slice(index + 1).search(/[/\\]/);
		index = next < 0 ? -1 : index + 1 + next;
	}

	return width < 1 ? '' : `…${endOf(full, width - 1)}`;
};

/** The last part of a path. */
export const baseName = (path: string): string => /[^/\\]*$/.exec(plainPath(path).replace(/[/\\]+$/, ''))?.[0] ?? '';

const uuidEnd = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}.*$/i;

/** The name of a log in at most `width` cells, shortened before its session id, which stays whole where it fits at all. */
export const shortLogName = (name: string, width: number): string => {
	const id = uuidEnd.exec(name)?.[0];
	if (textWidth(name) <= width || id === undefined) {
		return name;
	}

	const room = width - textWidth(id) - 1;
	if (room >= 0) {
		return `${name.slice(0, Math.min(room, name.length - id.length - 1))}…${id}`;
	}

	return `${name.slice(0, Math.max(0, Math.min(width - 1, name.length - id.length - 1)))}…`;
};

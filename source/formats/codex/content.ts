import type {ImagePlaceholder} from '../../model/log-event.js';
import {isObject, type Json, text} from '../json.js';
import {attachmentPath} from './context-text.js';

/** Parts of a message or tool output: what is text, what is a picture. */
export type Content = {
	texts: string[];
	images: ImagePlaceholder[];
	/** Named by a marker, for the image that follows it. */
	path?: string | null;
};

const dataUrl = /^data:([^;,]{0,100})[^,]{0,100},/;

/** A sized stand-in for an image given by URL, path or `data:` URL. */
export const imagePlaceholder = (source: string): ImagePlaceholder => {
	const match = dataUrl.exec(source.slice(0, 300));
	if (match === null) {
		return {mediaType: null, bytes: null, source};
	}

	const payload = source.length - match[0].length;
	const padding = source.endsWith('==') ? 2 : source.endsWith('=') ? 1 : 0;
	return {mediaType: match[1] || null, bytes: Math.max(0, Math.floor((payload * 3) / 4) - padding), source: null};
};

/** `content` of a message or `output` of a tool: a string, or a list of typed parts (reference 5.1, 5.2). */
export const contentOf = (value: unknown): Content => {
	const content: Content = {texts: [], images: []};
	if (typeof value === 'string') {
		content.texts.push(value);
		return content;
	}

	for (const part of Array.isArray(value) ? value : []) {
		if (isObject(part)) {
			addPart(content, part);
		} else if (typeof part === 'string') {
			content.texts.push(part);
		}
	}

	return content;
};

const addPart = (content: Content, part: Json): void => {
	const type = (text(part, 'type') ?? '').toLowerCase();
	const body = text(part, 'text');
	if (body !== null) {
		content.path = attachmentPath(body) ?? content.path ?? null;
		content.texts.push(body);
		return;
	}

	const data = text(part, 'data');
	if (type === 'image' && data !== null) {
		const mediaType = text(part, 'mimeType') ?? text(part, 'mime_type') ?? 'image/png';
		content.images.push(imagePlaceholder(`data:${mediaType};base64,${data}`));
	} else if (type === 'input_image' || type === 'image' || type === 'local_image') {
		const url = part['image_url'];
		const source =
			(isObject(url) ? text(url, 'url') : text(part, 'image_url')) ?? text(part, 'path') ?? text(part, 'file_id');
		const image = source === null ? {mediaType: null, bytes: null, source: null} : imagePlaceholder(source);
		content.images.push({...image, source: image.source ?? content.path ?? null});
		content.path = null;
	} else if (type.includes('audio')) {
		content.texts.push('[audio]');
	} else if (type === 'encrypted_content') {
		content.texts.push('[encrypted]');
	}
};

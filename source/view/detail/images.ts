import type {ImagePlaceholder} from '../../model/log-event.js';
import {bytesLabel} from '../../text/labels.js';
import {plainPath} from '../../text/paths.js';
import type {Row} from '../../text/span.js';
import {wrapRow} from '../../text/wrap-row.js';
import {oneLine, type Page} from './page.js';

const longestSource = 300;

const placeholder = ({mediaType, bytes, source}: ImagePlaceholder): string =>
	[
		'▣',
		oneLine(mediaType ?? 'image'),
		bytes === null ? '' : bytesLabel(bytes),
		source === null ? '' : plainPath(source.slice(0, longestSource)),
	]
		.filter(part => part !== '')
		.join(' ');

/** `▣ image/png 312 kB`, one row for each image. */
export const imageRows = (images: readonly ImagePlaceholder[] | undefined, page: Page): Row[] =>
	(images ?? []).flatMap(image => wrapRow([{text: placeholder(image), tone: 'accent'}], page.width, 2));

import {plainText} from '../../text/sanitize.js';
import {escapeHtml} from '../markdown/escape.js';

/** Text of a log for inside of an element or a quoted attribute, cleaned. */
export const html = (text: string): string => escapeHtml(plainText(text));

/** The same on one line. */
export const htmlLine = (text: string): string => html(text).replaceAll('\n', ' ');

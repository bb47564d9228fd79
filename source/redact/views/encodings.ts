import {patternMarks, replacedView, type View} from './view.js';

const percents = /%[2-7][0-9a-fA-F]/g;

/** `%3A` and other percent-encoded ASCII decoded. */
export const withoutPercents = (view: View): View | undefined =>
	view.text.includes('%')
		? replacedView(
				view,
				patternMarks(view.text, percents, mark => String.fromCharCode(Number.parseInt(mark.slice(1), 16))),
			)
		: undefined;

const entities = /&(?:amp|lt|gt|quot|apos|#\d{2,3}|#x[0-9a-fA-F]{2});/g;

const named: Record<string, string> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

/** `&quot;` and other HTML entities of ASCII decoded. */
export const withoutEntities = (view: View): View | undefined =>
	view.text.includes('&')
		? replacedView(
				view,
				patternMarks(view.text, entities, mark => {
					const name = mark.slice(1, -1);
					const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
					return named[name] ?? (code > 31 && code < 127 ? String.fromCharCode(code) : undefined);
				}),
			)
		: undefined;

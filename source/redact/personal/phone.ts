import {type Detector, type Scan, specificity} from '../engine/detector.js';

const countries =
	/^(?:1[2-9]\d{9}|7\d{10}|2(?:0|7|1[1-368]|2\d|3\d|4\d|5[0-8]|6\d|9[0-9])\d{6,11}|3(?:0|1|2|3|4|6|9|5\d|7[0-8]|8[0-9])\d{6,12}|4(?:0|1|3|4|5|6|7|8|9|2[013])\d{6,12}|5(?:1|2|3|4|5|6|7|8|0\d|9\d)\d{6,11}|6(?:0|1|2|3|4|5|6|7\d|8\d|9\d)\d{6,11}|8(?:1|2|4|6|5[0-6]|8[06])\d{7,11}|9(?:0|1|2|3|4|5|8|6\d|7\d|9[2-8])\d{7,11})$/;

const international = /(?<![\w+./=-])\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}(?![\w]|[.,:]\d)/g;

const zeroed = /(?<![\w+.-])00[1-9]\d{0,2}(?:[ .-]\(?\d{2,4}\)?){2,5}(?![\w]|\.\d)/g;

const american =
	/(?<![\w+.-])(?:\([2-9]\d{2}\) ?|(?:1[-. ])?[2-9]\d{2}[-.])[2-9]\d{2}[-. ]\d{4}(?: ?(?:x|ext\.?) ?\d{1,5})?(?![\w-]|\.\d)/g;

const labelled =
	/(?<![A-Za-z])(?:phone(?:[ _-]?(?:number|no))?|phoneNumber|telephone|tel|mobile(?:[ _-]?(?:number|phone|no))?|cell(?:[ _-]?phone)?|fax|whatsapp|sms(?:[ _-]to)?|handy|telefon|t[ée]l[ée]phone|telefono|celular|call(?: me)?(?: (?:at|on))?|reach (?:me|him|her|them|us) (?:at|on)|contact(?:[ _-]?(?:number|no))?)["'\\)\]]*\s{0,3}[:=.,]?\s{0,3}["'\\]*(?<value>\+?\(?\d[\d ()./-]{6,20}\d)(?![\w])/gi;

const isDigits = (value: string, least: number, most: number): boolean => {
	const count = value.replaceAll(/\D/g, '').length;
	return count >= least && count <= most;
};

/** Phone numbers: with a country code, in the American form, or beside a label. */
export const phone: Detector = {
	rules: [{id: 'phone', description: 'Phone number'}],
	class: 'pii.phone',
	keywords: [],
	detect(scan) {
		each(
			scan,
			international,
			value => countries.test(value.replaceAll(/\(0\)|\D/g, '')) && isDigits(value, 8, 15) && !/(\d)\1{6}/.test(value),
		);
		each(scan, zeroed, value => countries.test(value.slice(2).replaceAll(/\D/g, '')) && isDigits(value, 10, 17));
		each(
			scan,
			american,
			(value, before) =>
				isDigits(value, 10, 16) &&
				!/^(?:555-)?555-|555-?1212$/.test(value) &&
				!/[:/#]$/.test(before) &&
				(value.startsWith('(') || !value.includes('.') || /phone|tel|call|mobile|fax/i.test(before)),
		);
		each(
			scan,
			labelled,
			value =>
				isDigits(value, 7, 15) &&
				!/^\d{4}-\d{2}-\d{2}/.test(value) &&
				!/^(?:\d{1,3}\.){3}\d/.test(value) &&
				!/^1[67]\d{8}(?:\d{3})?$/.test(value),
		);
	},
};

const each = (scan: Scan, pattern: RegExp, accepts: (value: string, before: string) => boolean): void => {
	pattern.lastIndex = 0;
	for (let found = pattern.exec(scan.text); found !== null; found = pattern.exec(scan.text)) {
		const value = found.groups?.['value'] ?? found[0];
		const start = found.index + found[0].length - value.length;
		if (accepts(value, scan.text.slice(Math.max(0, start - 24), start))) {
			scan.report(start, start + value.length, 'phone', 'medium', {
				class: 'pii.phone',
				specificity: specificity.personal,
				value: value.replaceAll(/[^\d+]/g, ''),
			});
		}
	}
};

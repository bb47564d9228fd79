import {type Detector, specificity} from '../engine/detector.js';
import type {FindingClass} from '../finding.js';

type Labelled = {
	id: string;
	class: FindingClass;
	keywords: string[];
	pattern: RegExp;
	accepts?: (value: string) => boolean;
};

/** From a label to its value: quotes, a colon or `is`. */
const to = `["'\\\\\\])*]{0,8}\\s{0,3}(?:[:=,]|is|was|on)?\\s{0,4}["'\\\\(*]{0,6}`;

const months = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const date = `(?<value>\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.](?:\\d{4}|\\d{2})|\\d{1,2}(?:st|nd|rd|th)?\\.? ${months},? \\d{4}|${months} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|(?:19|20)\\d{6})(?!\\d)`;

const streetWords =
	/\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|square|sq|terrace|close|crescent|highway|hwy|rue|avenida|calle|via|piazza|plaza|platz|allee|weg|ring|gasse|chauss[ée]e|laan|straat|ul|ulica|rua|carrer|kade|gracht|vej|gatan|gade)\b\.?|stra(?:ß|ss)e|str\.|weg\b|allee\b|gasse\b|platz\b|straat\b|gatan\b|vägen\b|katu\b|\d{5}/i;

const fields: Labelled[] = [
	{
		id: 'birth-date',
		class: 'pii.birth',
		keywords: ['birth', 'dob', 'born', 'geburt', 'naissance', 'nacimiento', 'nascita', 'nascimento'],
		pattern: new RegExp(
			`(?:birth[ _-]?(?:date|day)|birthday|birth|dob|born|geburts?(?:datum|tag)?|geb\\.|naissance|nacimiento|nascita|nascimento)(?:[ _]?(?:date|on))?${to}${date}`,
			'iy',
		),
	},
	{
		id: 'street-address',
		class: 'pii.address',
		keywords: [
			'street',
			'address',
			'addr',
			'strasse',
			'straße',
			'adresse',
			'direccion',
			'dirección',
			'indirizzo',
			'ship to',
			'lives at',
			'deliver to',
			'wohnt',
			'anschrift',
			'billing',
			'shipping',
		],
		pattern:
			/(?:(?:street(?:[ _-]?(?:address|name|line))?|address(?:[ _-]?line)?[ _-]?\d?|addr\d?|stra(?:ss|ß)e|adresse|anschrift|direcci[oó]n|indirizzo|billing|shipping)(?:[ _-]?(?:address|\d))?["'\\\])*]{0,8}\s{0,3}[:=]\s{0,4}["'\\]{0,6}|(?:ship to|lives at|deliver to|wohnt in):? )(?<value>[\p{L}\d][\p{L}\d .,'’#/-]{4,90})/iuy,
		accepts: value =>
			/\d/.test(value) &&
			/\p{L}{3}/u.test(value) &&
			streetWords.test(value) &&
			!/^\d{1,3}\.\d|https?|0x|CVE-/.test(value),
	},
	{
		id: 'national-id',
		class: 'pii.number',
		keywords: [
			'ssn',
			'social security',
			'national insurance',
			'nino',
			'national id',
			'national_id',
			'nationalid',
			'tax id',
			'tax_id',
			'taxid',
			'steuer',
			'passport',
			'reisepass',
			'driver',
			'dni',
			'nif',
			'cpf',
			'aadhaar',
			'codice fiscale',
			'insee',
			'bsn',
			'pesel',
		],
		pattern: new RegExp(
			`(?:ssn|social[ _-]?security(?:[ _-]?(?:number|no))?|national[ _-]?insurance(?:[ _-]?(?:number|no))?|nino|national[ _-]?id(?:[ _-]?(?:number|no))?|tax[ _-]?id|steuer(?:[ _-]?(?:id|nummer|identifikationsnummer))|passport(?:[ _-]?(?:number|no|id)\\.?)?|reisepass(?:nummer)?|driver'?s?[ _-]?licen[cs]e(?:[ _-]?(?:number|no))?|dni|nif|cpf|aadhaar|codice fiscale|insee|bsn|pesel)${to}(?<value>(?=[A-Z0-9 .-]{0,20}\\d)[A-Z0-9](?:[ .-]?[A-Z0-9]){6,17})(?![\\w-])`,
			'iy',
		),
		accepts: value =>
			value.replaceAll(/\D/g, '').length >= 5 &&
			!/[a-z]/.test(value) &&
			!/^\d{4}-\d{2}-\d{2}$/.test(value) &&
			!/^(?:0+|111223333|123456789|1234567890)$/.test(value.replaceAll(/\D/g, '')),
	},
];

/** What is personal only because a label says so: dates of birth, streets, numbers of identity papers. */
export const labelled: Detector[] = fields.map(({id, class: kind, keywords, pattern, accepts}) => ({
	rules: [{id, description: `Personal data beside its label: ${id.replaceAll('-', ' ')}`}],
	class: kind,
	keywords,
	detect(scan, start) {
		pattern.lastIndex = start;
		const found = pattern.exec(scan.text);
		const value = found?.groups?.['value']?.replace(/[ .,'-]+$/, '');
		if (found !== null && value !== undefined && (accepts?.(value) ?? true)) {
			const from = found.index + found[0].length - (found.groups?.['value']?.length ?? 0);
			scan.report(from, from + value.length, id, 'medium', {class: kind, specificity: specificity.personal});
		}
	},
}));

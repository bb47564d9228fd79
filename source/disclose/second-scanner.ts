import {placeholdersIn} from '../redact/placeholder.js';

/** Where a scanner found something in a text, in UTF-16 units, and what it calls it. It never holds the value. */
export type ScannerFind = {start: number; end: number; rule: string};

/** Looks through a text of bounded length. */
export type Scanner = (text: string) => Promise<ScannerFind[]>;

/**
secretlint's recommended rules: other code and other expressions than ours, for a second look at what is about to leave.
Comments that switch it off are text of a log like any other, so that they do not count. Loading takes a while.
*/
export const loadSecondScanner = async (): Promise<Scanner> => {
	const [{lintSource}, preset, {secretLintProfiler}] = await Promise.all([
		import('@secretlint/core'),
		import('@secretlint/secretlint-rule-preset-recommend'),
		import('@secretlint/profiler'),
	]);
	// It would keep every measurement.
	secretLintProfiler.setEnabled(false);
	// One by one: the preset as a whole cannot leave a rule out.
	const rules = preset.rules
		.filter(({meta}) => meta.id !== '@secretlint/secretlint-rule-filter-comments')
		.map(rule => ({id: rule.meta.id, rule}));
	return async text => {
		const {messages} = await lintSource({
			source: {filePath: 'report.txt', content: blankPlaceholders(text), ext: '.txt', contentType: 'text'},
			options: {noPhysicFilePath: true, maskSecrets: true, config: {rules}},
		});
		return messages.map(({range: [start, end], ruleId}) => ({start, end, rule: ruleId.replace(/^.*-rule-/, '')}));
	};
};

/** A placeholder in the place of a password is none. */
const blankPlaceholders = (text: string): string => {
	let blank = '';
	let from = 0;
	for (const {start, end} of placeholdersIn(text)) {
		blank += text.slice(from, start) + ' '.repeat(end - start);
		from = end;
	}

	return blank + text.slice(from);
};

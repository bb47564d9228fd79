// The engine as the scorer of ../shared/redaction wants it.
import {assembleRedactor} from '../../source/redact/assemble.js';

const redactor = assembleRedactor();

export const scan = (text: string): {start: number; end: number; rule: string}[] =>
	redactor.scan(text).map(({start, end, ruleId}) => ({start, end, rule: ruleId}));

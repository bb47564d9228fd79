import type {Format} from '../format.js';
import {closeJson} from './close-record.js';
import {describe} from './describe.js';
import {splitDocument} from './document.js';
import {CodexReader} from './reader.js';
import {codexVersion} from './version.js';

/** Rollouts of the OpenAI Codex CLI, of every era from April 2025 on. */
export const codex: Format = {
	...codexVersion,
	reader: (fileName, saved, copied) => new CodexReader(fileName, saved, copied),
	describe,
	closeRecord: beginning => Buffer.from(closeJson(beginning.toString('utf8'))),
	splitDocument,
};

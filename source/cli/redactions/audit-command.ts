import type {AuditEntry, AuditFault} from '../../store/redactions.js';
import {dateTimeLabel, exactCountLabel} from '../../text/labels.js';
import {plainText} from '../../text/sanitize.js';
import {jsonSchemaVersion} from '../json-output.js';
import type {Output} from '../output.js';
import {withDecisions} from './decided-book.js';
import type {RedactionsRequest, RedactionsSurroundings} from './redactions-command.js';

/** `redactions audit`: who decided, revealed, exported or forgot what. Exit code 1 when the trail is not what was written. */
export const auditCommand = async (
	request: RedactionsRequest,
	surroundings: RedactionsSurroundings,
): Promise<number> => {
	const {stdout, stderr} = surroundings;
	const isJson = request.flags['json'] === true;
	const faults: AuditFault[] = [];
	let count = 0;
	if (isJson) {
		await stdout.write(`{"schema":${jsonSchemaVersion},"entries":[`);
	}

	await withDecisions(
		request,
		surroundings,
		async redactions => {
			for await (const one of redactions.audit()) {
				if (one.type === 'fault') {
					faults.push(one);
				} else {
					await (isJson ? stdout.write(`${count === 0 ? '' : ','}\n${entryJson(one)}`) : writeEntry(stdout, one));
					count++;
				}
			}
		},
		undefined,
	);
	if (isJson) {
		await stdout.writeLine(`],\n"faults":${JSON.stringify(faults.map(({seq, reason}) => ({seq, reason})))}}`);
	}

	for (const {seq, reason} of faults) {
		await stderr.writeLine(`The trail is broken at entry ${seq}: ${reason}.`);
	}

	if (faults.length === 0) {
		await stderr.writeLine(
			count === 0
				? 'The trail is empty.'
				: `The trail is whole: ${exactCountLabel(count)} ${count === 1 ? 'entry' : 'entries'}.`,
		);
	}

	return faults.length === 0 ? 0 : 1;
};

const entryJson = ({seq, at, actor, kind, ref, detail}: AuditEntry): string =>
	JSON.stringify({seq, at: new Date(at).toISOString(), actor, kind, ref, detail});

const writeEntry = (output: Output, {seq, at, actor, kind, ref, detail}: AuditEntry): Promise<void> => {
	const details = Object.entries(detail).flatMap(([name, value]) =>
		value === null || value === false ? [] : [`${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`],
	);
	const cells = [
		String(seq).padEnd(5),
		dateTimeLabel(new Date(at).toISOString()).padEnd(19),
		actor.padEnd(12),
		kind.padEnd(9),
		(ref ?? '-').padEnd(4),
		details.join('; '),
	];
	return output.writeLine(plainText(cells.join('  ')).replaceAll('\n', ' ').trimEnd());
};

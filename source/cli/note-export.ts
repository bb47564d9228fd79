import {UserError} from '../model/problem.js';
import type {AuditDetail, Redactions} from '../store/redactions.js';
import {plainText} from '../text/sanitize.js';
import type {Output} from './output.js';

/** Notes in the audit trail that something was written to be given away; says so where that cannot be noted. `threadId` names a single session. */
export const noteExport = async (
	redactions: Pick<Redactions, 'record'>,
	stderr: Output,
	detail: {format: string; mode: string; sessions: number; redactions: number} & AuditDetail,
	threadId: string | undefined,
): Promise<void> => {
	try {
		await redactions.record('export', detail, threadId);
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		await stderr.writeLine(`That could not be noted in the audit trail: ${plainText(error.message)}`);
	}
};

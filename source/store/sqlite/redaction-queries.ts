import type {Decision} from '../../model/decision.js';
import type {DecisionRow} from '../redactions.js';
import type {Connection} from './database.js';

/** A row of `redactions`, with the sealed value. */
export type StoredDecision = Omit<DecisionRow, 'hasPlace'> & {
	textHash: string | null;
	start: number | null;
	beforeDigest: string | null;
	afterDigest: string | null;
	valueDigest: string;
	sealed: Buffer;
	revokedAt: number | null;
	revokedBy: string | null;
};

/** The columns that change; what undoing brings back. */
export type Changeable = Pick<
	StoredDecision,
	'scope' | 'replacement' | 'reason' | 'confirmedAt' | 'revokedAt' | 'revokedBy'
>;

export type AuditRow = {
	seq: number;
	prevHash: string;
	hash: string;
	at: number;
	actor: string;
	kind: string;
	ref: string | null;
	detail: string;
};

type ChangeRow = {seq: number; redactionId: number; before: string | null};

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);

const changeable = ['scope', 'replacement', 'reason', 'confirmedAt', 'revokedAt', 'revokedBy'] as const;
const fixed = [
	'action',
	'threadId',
	'prompt',
	'line',
	'field',
	'textHash',
	'start',
	'beforeDigest',
	'afterDigest',
	'valueDigest',
	'sealed',
	'actor',
	'ruleId',
	'ruleVersion',
	'createdAt',
] as const;
const inserted = [...fixed, ...changeable, 'updatedAt'];
const selected = ['id', ...inserted].map(name => `${snake(name)} as "${name}"`).join(', ');
const audited = 'seq, prev_hash as prevHash, hash, at, actor, kind, ref, detail';

/** The statements on decisions and their audit trail, each prepared when it is first needed. */
export const redactionQueries = (db: Connection) => {
	const statements = new Map<string, ReturnType<Connection['prepare']>>();
	const statement = (sql: string) => {
		const prepared = statements.get(sql) ?? db.prepare(sql);
		statements.set(sql, prepared);
		return prepared;
	};

	return {
		inForce: () =>
			statement(`select ${selected} from redactions where revoked_at is null order by id`).all() as StoredDecision[],
		get: (id: number) =>
			statement(`select ${selected} from redactions where id = ?`).get(id) as StoredDecision | undefined,
		insert: (row: Omit<StoredDecision, 'id'>): number =>
			Number(
				statement(
					`insert into redactions (${inserted.map(snake).join(', ')}) values (${inserted.map(name => `@${name}`).join(', ')})`,
				).run(row).lastInsertRowid,
			),
		update: (row: Changeable & Pick<Decision, 'id' | 'updatedAt'>): void =>
			void statement(
				`update redactions set ${[...changeable, 'updatedAt'].map(name => `${snake(name)} = @${name}`).join(', ')} where id = @id`,
			).run(row),

		keepChange: (row: ChangeRow): void =>
			void statement(
				'insert into redaction_changes (seq, redaction_id, before) values (@seq, @redactionId, @before)',
			).run(row),
		lastChange: () =>
			statement(
				'select seq, redaction_id as redactionId, before from redaction_changes order by seq desc limit 1',
			).get() as ChangeRow | undefined,
		dropChange: (seq: number): void => void statement('delete from redaction_changes where seq = ?').run(seq),
		dropChanges: (): void => void statement('delete from redaction_changes').run(),

		lastEntry: () =>
			statement(`select ${audited} from redaction_audit order by seq desc limit 1`).get() as AuditRow | undefined,
		entriesAfter: (seq: number, limit: number) =>
			statement(`select ${audited} from redaction_audit where seq > ? order by seq limit ?`).all(
				seq,
				limit,
			) as AuditRow[],
		/** How many entries were ever written. */
		entriesWritten: (): number =>
			(statement("select seq from sqlite_sequence where name = 'redaction_audit'").pluck().get() as
				| number
				| undefined) ?? 0,
		append: (row: AuditRow): void =>
			void statement(
				`insert into redaction_audit (seq, prev_hash, hash, at, actor, kind, ref, detail)
				values (@seq, @prevHash, @hash, @at, @actor, @kind, @ref, @detail)`,
			).run(row),
	};
};

export type RedactionQueries = ReturnType<typeof redactionQueries>;

import {checkDecision, checkWords, type Decision, placeKeyOf} from '../../model/decision.js';
import {UserError} from '../../model/problem.js';
import type {AuditDetail, AuditKind, DecisionChange, DecisionRow, NewDecision, Redactions} from '../redactions.js';
import type {AnnotationsConnection} from './annotations-connection.js';
import {appendEntry, verifiedEntries} from './audit-trail.js';
import type {KeyFile} from './key-file.js';
import type {Changeable, RedactionQueries, StoredDecision} from './redaction-queries.js';
import type {Seal} from './seal.js';

/** Entries of the audit trail that are read at once. */
const pageLength = 500;

type Surroundings = {
	connection: AnnotationsConnection;
	key: KeyFile;
	/** Threads that grew out of others, each with its origin. */
	origins: () => ReadonlyMap<string, string>;
	actor: string;
	now?: () => number;
};

/** Decisions in SQLite, beside the annotations. */
export const sqliteRedactions = ({connection, key, origins, actor, now = Date.now}: Surroundings): Redactions => {
	const read = <Answer>(query: (queries: RedactionQueries) => Answer, nothing: Answer): Answer =>
		connection.read(({redactions}) => query(redactions), nothing);

	/** One transaction, with what it does noted in it. */
	const write = <Answer>(change: (queries: RedactionQueries, at: number) => Answer): Answer => {
		let answer: Answer | undefined;
		connection.write(({redactions}) => {
			answer = change(redactions, now());
		});
		return answer as Answer;
	};

	const append = (
		queries: RedactionQueries,
		at: number,
		kind: AuditKind,
		ref: string | number | null,
		detail: AuditDetail,
	) => appendEntry(queries, {at, actor, kind, ref: ref === null ? null : String(ref), detail});

	const seal = async (): Promise<Seal> => {
		const {sealOf} = await import('./seal.js');
		const known = key.read();
		if (known === undefined) {
			throw keyIsMissing(key.path);
		}

		return sealOf(known);
	};

	/** A new key where nothing in force was sealed with an old one. */
	const newKey = (queries: RedactionQueries): Buffer => {
		if (queries.inForce().length > 0) {
			throw keyIsMissing(key.path);
		}

		// What was sealed with a key that is lost cannot come back.
		queries.dropChanges();
		return key.create();
	};

	const changeRow = (
		id: number,
		kind: 'change' | 'remove',
		change: (row: StoredDecision, at: number) => Partial<Changeable>,
		detail: (changed: readonly string[]) => AuditDetail,
	): void => {
		write((queries, at) => {
			const row = queries.get(id);
			if (row === undefined || row.revokedAt !== null) {
				throw new UserError(`There is no decision ${id}. See codex-tui redactions list.`, 1);
			}

			const changes = Object.entries(change(row, at)).filter(
				([name, value]) => row[name as keyof Changeable] !== value,
			);
			if (changes.length === 0) {
				return;
			}

			const seq = append(queries, at, kind, id, detail(changes.map(([name]) => name)));
			const before = Object.fromEntries(changes.map(([name]) => [name, row[name as keyof Changeable]]));
			queries.keepChange({seq, redactionId: id, before: JSON.stringify(before)});
			queries.update({...row, ...(Object.fromEntries(changes) as Partial<Changeable>), updatedAt: at});
		});
	};

	return {
		async decisions() {
			const rows = read(queries => queries.inForce(), []);
			if (rows.length === 0) {
				return {decisions: [], digests: undefined, origins: new Map()};
			}

			const {open, digests} = await seal();
			return {
				decisions: rows.map(row => {
					const value = open(row.sealed);
					if (value === undefined) {
						throw otherKey(row.id, key.path);
					}

					return decisionOf(row, value);
				}),
				digests,
				origins: rows.some(({scope}) => scope !== 'everywhere') ? origins() : new Map(),
			};
		},

		list: async () => read(queries => queries.inForce(), []).map(rowOf),

		async add(decision) {
			check(decision);
			const {sealOf} = await import('./seal.js');
			return write((queries, at) => {
				const {digests, valueDigest, seal: close} = sealOf(key.read() ?? newKey(queries));
				const {value, at: where, action, scope, threadId, ruleId = null, field = null} = decision;
				const place = where === undefined ? null : placeKeyOf(where.text, where.start, value.length, digests);
				const row = {
					action,
					scope,
					threadId,
					field,
					prompt: decision.prompt ?? null,
					line: decision.line ?? null,
					textHash: place?.textHash ?? null,
					start: place?.start ?? null,
					beforeDigest: place?.before ?? null,
					afterDigest: place?.after ?? null,
					valueDigest: valueDigest(value),
					sealed: close(value),
					replacement: decision.replacement ?? null,
					reason: decision.reason.trim(),
					actor,
					ruleId,
					ruleVersion: decision.ruleVersion ?? null,
					createdAt: at,
					updatedAt: at,
					confirmedAt: null,
					revokedAt: null,
					revokedBy: null,
				};
				const same = queries.inForce().find(known => isSame(known, row));
				if (same !== undefined) {
					throw new UserError(`Decision ${same.id} says so already. See codex-tui redactions list.`, 1);
				}

				const id = queries.insert(row);
				const detail = {action, scope, threadId, field, ruleId, hasReplacement: row.replacement !== null};
				queries.keepChange({seq: append(queries, at, 'add', id, detail), redactionId: id, before: null});
				return id;
			});
		},

		async change(id, change) {
			const {open} = await seal();
			changeRow(
				id,
				'change',
				row => {
					requireScope(row, change);
					const value = open(row.sealed);
					if (value === undefined) {
						throw otherKey(id, key.path);
					}

					checkWords(value, change);
					const {scope = row.scope, replacement = row.replacement, reason = row.reason} = change;
					return {scope, replacement, reason: reason.trim()};
				},
				changed => ({changed}),
			);
		},

		async remove(id) {
			changeRow(
				id,
				'remove',
				(_row, at) => ({revokedAt: at, revokedBy: actor}),
				() => ({}),
			);
		},

		async confirm(id) {
			changeRow(
				id,
				'change',
				(_row, at) => ({confirmedAt: at}),
				() => ({confirmed: true}),
			);
		},

		async undo() {
			if (read(queries => queries.lastChange(), undefined) === undefined) {
				return undefined;
			}

			return write((queries, at) => {
				const last = queries.lastChange();
				const row = last && queries.get(last.redactionId);
				if (last === undefined || row === undefined) {
					return undefined;
				}

				const back: Partial<Changeable> =
					last.before === null ? {revokedAt: at, revokedBy: actor} : (JSON.parse(last.before) as Partial<Changeable>);
				const kind = last.before === null ? 'remove' : back.revokedAt === null ? 'add' : 'change';
				append(queries, at, kind, row.id, {undoes: last.seq});
				queries.update({...row, ...back, updatedAt: at});
				queries.dropChange(last.seq);
				return {id: row.id, kind};
			});
		},

		async *audit() {
			yield* verifiedEntries(
				after => read(queries => queries.entriesAfter(after, pageLength), []),
				() => read(queries => queries.entriesWritten(), 0),
			);
		},

		async record(kind, detail, ref) {
			write((queries, at) => append(queries, at, kind, ref ?? null, detail));
		},

		watch(onChange) {
			const written = (): number => read(queries => queries.entriesWritten(), 0);
			let seen = written();
			return connection.watch(() => {
				const found = written();
				if (found !== seen) {
					seen = found;
					onChange();
				}
			});
		},
	};
};

const keyIsMissing = (file: string): UserError =>
	new UserError(
		`${file} cannot be read, and without it what you decided to redact cannot be followed. Put it back from a backup, or take the decisions back with codex-tui redactions remove.`,
		1,
	);

const otherKey = (id: number, file: string): UserError =>
	new UserError(
		`Decision ${id} was sealed with another key than ${file}. Put the right key back from a backup, or remove it with codex-tui redactions remove ${id}.`,
		1,
	);

const check = (decision: NewDecision): void => {
	const {scope, value, replacement = null, threadId, reason, at} = decision;
	checkDecision({scope, value, replacement, reason});
	if (scope !== 'everywhere' && threadId === null) {
		throw new UserError('This decision needs a session that it is about. Name one.');
	}

	if (at === undefined ? scope === 'place' : at.text.slice(at.start, at.start + value.length) !== value) {
		throw new UserError('The text does not stand at that place. Choose another one.');
	}
};

const requireScope = (row: StoredDecision, {scope}: DecisionChange): void => {
	if ((scope === 'place' && row.textHash === null) || (scope === 'session' && row.threadId === null)) {
		throw new UserError(`Decision ${row.id} knows no ${scope} of its own. Remove it and add another one.`);
	}
};

type Compared = Pick<StoredDecision, 'action' | 'scope' | 'valueDigest' | 'threadId' | 'textHash' | 'start'>;

const isSame = (one: Compared, other: Compared): boolean =>
	one.action === other.action &&
	one.scope === other.scope &&
	one.valueDigest === other.valueDigest &&
	(one.scope === 'everywhere' || one.threadId === other.threadId) &&
	(one.scope !== 'place' || (one.textHash === other.textHash && one.start === other.start));

const rowOf = ({
	sealed: _sealed,
	textHash,
	start: _start,
	beforeDigest: _before,
	afterDigest: _after,
	valueDigest: _value,
	revokedAt: _revokedAt,
	revokedBy: _revokedBy,
	...row
}: StoredDecision): DecisionRow => ({...row, hasPlace: textHash !== null});

const decisionOf = (row: StoredDecision, value: string): Decision => {
	const {id, action, scope, threadId, field, replacement, reason, actor, ruleId, ruleVersion, createdAt, updatedAt} =
		row;
	const {textHash, start, beforeDigest, afterDigest} = row;
	const place =
		textHash === null || start === null || beforeDigest === null || afterDigest === null
			? null
			: {textHash, start, before: beforeDigest, after: afterDigest};
	const provenance = {reason, actor, ruleId, ruleVersion, createdAt, updatedAt};
	return {id, action, scope, value, threadId, field, place, replacement, ...provenance};
};

-- What people decided about single values: never to be shown, or no secret at all. Rows are known by content, as all here:
-- a decision holds again once its session is read anew, from a rewritten log too. No row points to one of the index.

create table redactions (
	-- Never used twice, since the audit trail names it.
	id integer primary key autoincrement,
	action text not null,
	scope text not null,
	-- Where it was decided, and for all scopes but `everywhere` where it holds.
	thread_id text,
	-- Hints for people: the prompt, line and field that it stood in then.
	prompt integer,
	line integer,
	field text,
	-- The place: SHA-256 of the whole text, UTF-16 code units before the value, and keyed digests of what stands beside it.
	text_hash text,
	start integer,
	before_digest text,
	after_digest text,
	-- Keyed digest of the value, and the value itself, sealed with the key file.
	value_digest text not null,
	sealed blob not null,
	replacement text,
	reason text not null,
	actor text not null,
	rule_id text,
	rule_version text,
	created_at integer not null,
	updated_at integer not null,
	-- When a person said that the place may be gone.
	confirmed_at integer,
	revoked_at integer,
	revoked_by text
) strict;

-- What undoing a change would bring back. Its rows go when they were undone, and when what they are about is forgotten.
create table redaction_changes (
	-- Entry of the audit trail.
	seq integer primary key,
	redaction_id integer not null,
	-- JSON of the columns that were changed, as they were; null where the row was new.
	before text
) strict;

-- Who decided, showed, exported or forgot what, and when. It holds no values and is only ever added to.
create table redaction_audit (
	-- SQLite remembers the last one, so that entries missing at the end are noticed.
	seq integer primary key autoincrement,
	-- Hash of the entry before; of the first entry, empty.
	prev_hash text not null,
	-- SHA-256 of the JSON list of all other columns in this order.
	hash text not null,
	at integer not null,
	actor text not null,
	kind text not null,
	-- What it is about: the id of a decision or of a thread.
	ref text,
	detail text not null
) strict;

create trigger redaction_audit_keeps_entries before update on redaction_audit begin
	select raise(abort, 'the audit trail is only added to');
end;

create trigger redaction_audit_loses_none before delete on redaction_audit begin
	select raise(abort, 'the audit trail is only added to');
end;

create trigger redaction_audit_replaces_none before insert on redaction_audit
when exists (select 1 from redaction_audit where seq = new.seq) begin
	select raise(abort, 'the audit trail is only added to');
end;

-- Raw bytes of every log line that was ever ingested. Nothing else holds them once a log is gone,
-- so this database is kept apart from what can be derived again.

create table rollouts (
	id integer primary key,
	key text not null,
	-- Goes up when a log was rewritten; the bytes of earlier generations stay.
	generation integer not null,
	path text not null,
	format text not null,
	unique (key, generation)
) strict;

create table blocks (
	id integer primary key,
	rollout_id integer not null references rollouts (id),
	-- Slice of the decompressed log that the block holds.
	"offset" integer not null,
	length integer not null,
	-- Line, counted from 1, that the first byte belongs to.
	first_line integer not null,
	-- zstd.
	data blob not null,
	unique (rollout_id, "offset")
) strict;

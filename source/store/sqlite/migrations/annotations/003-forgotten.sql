-- Logs that a person wants forgotten: they may still lie on disk, and are not read again. Nothing of what a log held or was
-- called is in it.

create table forgotten (
	id integer primary key,
	thread_id text not null,
	-- SHA-256 of what the log was known by.
	key_hash text not null,
	forgotten_at integer not null,
	actor text not null,
	unique (thread_id, key_hash)
) strict;

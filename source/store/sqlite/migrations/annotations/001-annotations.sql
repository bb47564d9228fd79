-- What people add to logs. Nothing else holds it: this database is never derived, set aside or made anew.
--
-- Rows are known by what stays the same when logs are read again, moved, compressed or rewritten, and when the index is
-- made anew: the thread's id, the words of a prompt, the bytes of a record. Ids of the index appear nowhere.
-- Times are Unix milliseconds, an actor is the name of an operating system's user.

create table tags (
	thread_id text not null,
	-- The name as it is compared: in small letters.
	folded text not null,
	name text not null,
	created_at integer not null,
	updated_at integer not null,
	actor text not null,
	primary key (thread_id, folded)
) strict, without rowid;

create index tags_by_name on tags (folded);

create table session_notes (
	thread_id text primary key,
	text text not null,
	created_at integer not null,
	updated_at integer not null,
	actor text not null
) strict, without rowid;

create table prompt_notes (
	thread_id text not null,
	-- Of the words, white space aside.
	text_hash text not null,
	-- Place among the thread's prompts of these words, from 1.
	ordinal integer not null,
	text text not null,
	created_at integer not null,
	updated_at integer not null,
	actor text not null,
	primary key (thread_id, text_hash, ordinal)
) strict, without rowid;

create table dispositions (
	thread_id text not null,
	text_hash text not null,
	ordinal integer not null,
	disposition text not null,
	created_at integer not null,
	updated_at integer not null,
	actor text not null,
	primary key (thread_id, text_hash, ordinal)
) strict, without rowid;

create table event_notes (
	thread_id text not null,
	-- Of the first record that tells the event, byte for byte.
	record_hash text not null,
	length integer not null,
	-- More than 0 where the record tells several events.
	part integer not null,
	-- Place among the log's records of these bytes, from 1.
	ordinal integer not null,
	-- Where the record stood: looked at first, and no part of what it is known by.
	line integer not null,
	text text not null,
	created_at integer not null,
	updated_at integer not null,
	actor text not null,
	primary key (thread_id, record_hash, length, part, ordinal)
) strict, without rowid;

create table bookmarks (
	thread_id text not null,
	record_hash text not null,
	length integer not null,
	part integer not null,
	ordinal integer not null,
	line integer not null,
	created_at integer not null,
	updated_at integer not null,
	actor text not null,
	primary key (thread_id, record_hash, length, part, ordinal)
) strict, without rowid;

create table queries (
	text text primary key,
	-- Goes up with each use.
	place integer not null unique,
	created_at integer not null,
	updated_at integer not null,
	actor text not null
) strict, without rowid;

create table views (
	folded text primary key,
	name text not null,
	query text not null,
	created_at integer not null,
	updated_at integer not null,
	actor text not null
) strict, without rowid;

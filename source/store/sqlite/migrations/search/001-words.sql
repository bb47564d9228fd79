-- The words of all logs, to be searched. Everything here is derived from the index and from the lines that
-- it points to, so this database may be deleted at any time.
--
-- Row ids are ids of events. The tables hold no text, only which word stands where: what was found is
-- shown from the index, the log or the archive. The order of words is kept, since parts of names and
-- paths and Han characters are found as phrases.

create virtual table messages using fts5(
	text, content = '', contentless_delete = 1, detail = full, tokenize = 'unicode61 remove_diacritics 2'
);

create virtual table outputs using fts5(
	text, content = '', contentless_delete = 1, detail = full, tokenize = 'unicode61 remove_diacritics 2'
);

-- Segments are merged when there is time, not while words are written. Words wait in 4 MB of memory before they
-- are written; four times as much makes it no faster.
insert into messages (messages, rank) values ('hashsize', 4194304);
insert into messages (messages, rank) values ('automerge', 0);
insert into messages (messages, rank) values ('crisismerge', 1000);
insert into messages (messages, rank) values ('usermerge', 16);
insert into outputs (outputs, rank) values ('hashsize', 4194304);
insert into outputs (outputs, rank) values ('automerge', 0);
insert into outputs (outputs, rank) values ('crisismerge', 1000);
insert into outputs (outputs, rank) values ('usermerge', 16);

-- How far each log is indexed. Key, generation, reader, copied prompts and the last event tell whether the
-- rows of the index are still those that were indexed.
create table progress (
	part text not null,
	file_id integer not null,
	key text not null,
	generation integer not null,
	reader text not null,
	copied_prompts integer,
	-- Events before this sequence are indexed, and where the last of them begins in the log.
	sequence integer not null,
	last_offset integer,
	-- Events before this sequence were known when those were indexed; later ones may repeat or complete them.
	known_to integer not null,
	-- Bytes of the log that are behind; its whole length once the end was reached.
	indexed_bytes integer not null,
	bytes integer,
	primary key (part, file_id)
) strict, without rowid;

-- How much was indexed when all of a table was last merged.
create table upkeep (
	part text primary key,
	merged_bytes integer not null
) strict, without rowid;

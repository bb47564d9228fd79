-- What only reading on needs lies apart from the row of the file: a start with nothing changed looks through all of `files`.

create table reading_states (
	file_id integer primary key references files (id) on delete cascade,
	-- JSON: what the reader needs to go on with later lines. Null for logs that have not grown for long: if one does, it
	-- is read from the start.
	state text,
	-- JSON: what the log says about its session.
	facts text not null
) strict;

alter table files drop column reader_state;
alter table files drop column facts;

-- Their states went with the columns: every log is derived again.
update files set reader = 'forgotten' where reader <> '';

-- The long text comes last, so that what lists need is found without it.
create table prompts_in_order (
	id integer primary key,
	session_id integer not null references sessions (id),
	first_event_id integer not null,
	asker text not null,
	-- Beginning of what was typed, on one line; `text` has it all, with what an editor put in front.
	title text not null,
	image_count integer not null,
	state text not null default 'live',
	started_at integer,
	ended_at integer,
	outcome text not null default 'open',
	event_count integer not null default 0,
	tool_call_count integer not null default 0,
	input_tokens integer not null default 0,
	cached_input_tokens integer not null default 0,
	output_tokens integer not null default 0,
	reasoning_output_tokens integer not null default 0,
	total_tokens integer not null default 0,
	-- Fingerprint of what was asked, answered and called: the same in every copy of the turn.
	digest text not null default '',
	-- Of a superseded file: 1 where no later version of the file holds the turn, 2 where one does.
	gone integer not null default 0,
	text text not null,
	file_id integer generated always as (id >> 24) virtual
) strict;

insert into prompts_in_order
select id, session_id, first_event_id, asker, title, image_count, state, started_at, ended_at, outcome, event_count,
	tool_call_count, input_tokens, cached_input_tokens, output_tokens, reasoning_output_tokens, total_tokens, digest, gone, text
from prompts;

drop table prompts;
alter table prompts_in_order rename to prompts;
create index prompts_of_session on prompts (session_id, id);
create index prompts_by_digest on prompts (digest, session_id);

-- Forks of a thread, to be looked at again when more of the thread is known.
create index sessions_of_origin on sessions (forked_from_thread_id) where forked_from_thread_id is not null;

drop index files_of_session;
create index files_of_session on files (session_id, place, generation);

-- How a source looked when everything in it had been read, so that a start finds at a glance what is new.
create table ledgers (
	source text primary key,
	surroundings text not null,
	-- One double per log: a fingerprint of its place, size, time and inode.
	stamps blob not null
) strict, without rowid;

-- Everything read out of rollouts. All of it can be derived again from the logs or the archive,
-- so this database may be deleted at any time.
--
-- Ids of events, and of every table that tells more about an event, are file id * 2^24 + sequence in
-- the file: a session's timeline is a range of the primary key and needs no other index.
-- Times are Unix milliseconds, offsets and lengths are bytes of the decompressed file.

create table sessions (
	id integer primary key,
	thread_id text not null unique,
	parent_thread_id text,
	forked_from_thread_id text,
	kind text not null,
	name text,
	first_prompt text,
	archived integer not null,
	started_at integer not null,
	ended_at integer not null,
	cwd text,
	git_branch text,
	git_commit text,
	git_repository_url text,
	originator text,
	cli_version text,
	models text not null,
	duration_ms integer,
	prompt_count integer not null,
	tool_call_count integer not null,
	problem_count integer not null,
	input_tokens integer not null,
	cached_input_tokens integer not null,
	output_tokens integer not null,
	reasoning_output_tokens integer not null,
	total_tokens integer not null,
	bytes integer not null,
	-- Since when none of its files is there.
	gone_at integer
) strict;

create index sessions_newest on sessions (started_at desc, id desc);

create table files (
	id integer primary key,
	key text not null,
	-- Order among the files of a session; a file read anew after it was rewritten keeps it.
	place integer not null,
	session_id integer references sessions (id),
	path text not null,
	format text not null,
	archived integer not null,
	size integer not null,
	mtime_ns integer not null,
	device integer not null,
	inode integer not null,
	rollout_id text,
	base_rollout_id text,
	base_end integer,
	copied_prompts integer,
	copied_thread_id text,
	-- Whether its turns were held against those of other sessions since it was last read.
	is_compared integer not null default 1,
	generation integer not null,
	head_hash text not null,
	end_hash text not null,
	read_to integer not null,
	bytes integer not null,
	lines integer not null,
	blank_lines integer not null,
	reader text not null,
	reader_state text,
	unfinished_sequence integer,
	archived_to integer not null default 0,
	facts text,
	ingested_at integer not null,
	-- When and why the file was found to hold something else; what it held stays.
	superseded_at integer,
	superseded_reason text,
	-- Of several versions of a file, the one whose token usage counts: what was spent once stays spent.
	counts_usage integer not null default 1,
	-- When the file was first missed on disk.
	gone_at integer,
	unique (key, generation)
) strict;

create index files_of_session on files (session_id);
create index files_of_rollout on files (rollout_id);

create table events (
	id integer primary key,
	line integer not null,
	at integer,
	kind text not null,
	"offset" integer not null,
	length integer not null,
	part integer not null,
	completes integer,
	inside integer,
	inherited integer not null,
	file_id integer generated always as (id >> 24) virtual
) strict;

-- A result or repetition is found by the event that it completes.
create index events_completing on events (completes) where completes is not null;

create table prompts (
	id integer primary key,
	session_id integer not null references sessions (id),
	first_event_id integer not null,
	asker text not null,
	-- Beginning of what was typed, on one line; `text` has it all, with what an editor put in front.
	title text not null,
	text text not null,
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
	-- Hash of what was asked, answered and called: the same in every copy of the turn.
	digest text not null default '',
	-- Of a superseded file: 1 where no later version of the file holds the turn, 2 where one does.
	gone integer not null default 0,
	file_id integer generated always as (id >> 24) virtual
) strict;

create index prompts_of_session on prompts (session_id, id);
create index prompts_by_digest on prompts (digest);

create table messages (
	id integer primary key,
	role text not null,
	phase text,
	context text,
	text text not null,
	image_count integer not null,
	file_id integer generated always as (id >> 24) virtual
) strict;

create table agent_reasoning_messages (
	id integer primary key,
	text text not null,
	encrypted integer not null,
	file_id integer generated always as (id >> 24) virtual
) strict;

create table function_calls (
	id integer primary key,
	tool text not null,
	name text not null,
	call_id text,
	command text,
	arguments text,
	status text not null,
	exit_code integer,
	duration_ms integer,
	output_event_id integer,
	file_id integer generated always as (id >> 24) virtual
) strict;

create table function_plan_messages (
	id integer primary key,
	explanation text,
	steps text not null,
	file_id integer generated always as (id >> 24) virtual
) strict;

create table token_messages (
	id integer primary key,
	model text,
	service_tier text,
	-- Part of the input that was written to the provider's cache.
	cache_write_tokens integer not null,
	input_tokens integer not null,
	cached_input_tokens integer not null,
	output_tokens integer not null,
	reasoning_output_tokens integer not null,
	total_tokens integer not null,
	context_window integer,
	file_id integer generated always as (id >> 24) virtual
) strict;

create table turn_context_messages (
	id integer primary key,
	cwd text,
	model text,
	effort text,
	approval_policy text,
	sandbox text,
	file_id integer generated always as (id >> 24) virtual
) strict;

create table notes (
	id integer primary key,
	label text not null,
	text text not null,
	file_id integer generated always as (id >> 24) virtual
) strict;

create table problems (
	id integer primary key,
	line integer not null,
	"offset" integer not null,
	length integer not null,
	reason text not null,
	file_id integer generated always as (id >> 24) virtual
) strict;

create table thread_names (
	thread_id text primary key,
	name text not null
) strict, without rowid;

-- The text of an output lies in the archive; this tells where.
create view tool_outputs as
select
	events.id,
	function_calls.id as call_event_id,
	function_calls.call_id,
	function_calls.name,
	function_calls.exit_code,
	function_calls.duration_ms,
	events.file_id,
	events.line,
	events."offset",
	events.length
from function_calls
join events on events.id = function_calls.output_event_id;

-- Images stand in logs as base64, and each compaction repeats them: they took most of the archive. Long base64 is
-- now taken out of the blocks and kept once, as the bytes that it stands for.

-- References at the end of the block's data; blocks of the first version have none.
alter table blocks add column pieces integer not null default 0;

-- A line of a long log is found without a look at each of its blocks.
create index blocks_by_line on blocks (rollout_id, first_line, "offset");

create table packs (
	id integer primary key,
	-- Bytes of one piece after the other; zstd.
	length integer not null,
	data blob not null
) strict;

-- Where the bytes are that a piece stands for, to be found by what they are.
create table pieces (
	-- First 16 bytes of their SHA-256.
	hash blob primary key,
	pack_id integer not null references packs (id) deferrable initially deferred,
	"offset" integer not null,
	length integer not null
) strict, without rowid;

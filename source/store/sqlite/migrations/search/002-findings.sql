-- What was found in the logs that must not be shown: where, and by which rule, but never the value.

-- By which rules logs were looked through. With other ones everything here is of no use.
create table finding_rules (
	id integer primary key check (id = 1),
	fingerprint text not null,
	-- Makes keys of values; another one in each database, so that none can be looked up elsewhere.
	secret blob not null
) strict;

-- Each value once per log, where it was met first. `progress` tells how far each log was looked through, as its part `findings`.
create table findings (
	file_id integer not null,
	-- The first bytes of an HMAC: equal values have equal ones.
	value_key blob not null,
	event_id integer not null,
	field text not null,
	-- UTF-16 units of the field's text.
	start integer not null,
	"end" integer not null,
	rule text not null,
	class text not null,
	confidence text not null,
	-- How often it was met, from there on.
	places integer not null,
	primary key (file_id, value_key)
) strict, without rowid;

-- Events that named a value not known before in their log: whoever reads these knows all of its values.
create table lessons (
	event_id integer primary key
) strict;

-- Row ids become smaller than ids of events, which makes the tables of words smaller; `word-rows.ts` tells how. The words of all
-- logs are indexed again.

drop table messages;
drop table outputs;
delete from progress where part <> 'findings';
delete from upkeep;

create virtual table messages using fts5(
	text, content = '', contentless_delete = 1, detail = full, tokenize = 'unicode61 remove_diacritics 2'
);

create virtual table outputs using fts5(
	text, content = '', contentless_delete = 1, detail = full, tokenize = 'unicode61 remove_diacritics 2'
);

-- As in 001, but for words that wait in 8 MB of memory: fewer pieces have fewer lists of words, at the same cost.
insert into messages (messages, rank) values ('hashsize', 8388608);
insert into messages (messages, rank) values ('automerge', 0);
insert into messages (messages, rank) values ('crisismerge', 1000);
insert into messages (messages, rank) values ('usermerge', 16);
insert into outputs (outputs, rank) values ('hashsize', 8388608);
insert into outputs (outputs, rank) values ('automerge', 0);
insert into outputs (outputs, rank) values ('crisismerge', 1000);
insert into outputs (outputs, rank) values ('usermerge', 16);

-- Words wait in 8 MB of memory before they are written, instead of 4: fewer pieces have fewer lists of words, so that a common
-- word is found sooner, at the same cost.

insert into messages (messages, rank) values ('hashsize', 8388608);
insert into outputs (outputs, rank) values ('hashsize', 8388608);

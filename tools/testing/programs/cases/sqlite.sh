#: tables, joins and aggregates
sqlite3 :memory: 'create table a(i integer primary key, t); insert into a(t) values ("x"), ("y"), ("x"); select t, count(*), group_concat(i) from a group by t; with recursive c(x) as (values(1) union all select x + 1 from c where x < 1000) select sum(x) from c;'
#: a file with its journal, and a transaction undone
sqlite3 d.db 'create table a(i); begin; insert into a values (1); rollback; insert into a values (2); select * from a; pragma integrity_check;'; ls; sqlite3 d.db 'pragma journal_mode = wal; insert into a values (3); select count(*) from a;'; sqlite3 d.db .dump
#: two writers wait for each other
sqlite3 d.db 'create table a(i)'; for i in 1 2 3 4; do for j in 1 2 3 4 5; do echo "pragma busy_timeout = 100000; insert into a values ($i);"; done | sqlite3 d.db >/dev/null & done; wait; sqlite3 d.db 'select count(*), sum(i) from a'
#: ten thousand rows with an index
sqlite3 d.db 'create table n(a, b); create index x on n(b); with recursive c(x) as (values(1) union all select x + 1 from c where x < 10000) insert into n select x, x * 7919 % 10007 from c; select count(*), max(b) from n; select a from n where b = 5000; vacuum;'; stat -c %s d.db

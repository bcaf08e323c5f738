-- What a team has told once: instructions, definitions, facts. A scope is a team's or channel's id with its kind in
-- front, as in setting. The subject is what a scope has one of ("instruction", "term net revenue"); empty for facts.
create table memory (
  id integer primary key autoincrement,
  scope text not null,
  kind text not null,
  subject text not null,
  term text not null,
  text text not null,
  version integer not null,
  author text not null,
  author_name text not null,
  confirmed_by text not null,
  at integer not null,
  -- When it was forgotten, or another version took its place.
  gone_at integer
);
create index memory_scope on memory (scope, subject);
create index memory_author on memory (author);

-- Instructions were settings until now.
insert into memory (scope, kind, subject, term, text, version, author, author_name, confirmed_by, at)
select s.scope, 'INSTRUCTION', 'instruction', '', s.value, 1, s.set_by, coalesce(p.name, s.set_by),
  coalesce(p.name, s.set_by), s.set_at
from setting s left join person p on p.id = s.set_by
where s.name = 'instructions';
delete from setting where name = 'instructions';

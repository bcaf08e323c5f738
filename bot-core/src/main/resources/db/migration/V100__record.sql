-- Who ran what, kept apart from turns: it outlives what people said, and knows them by a pseudonym
-- after they asked to be forgotten.
create table audit (
  id integer primary key autoincrement,
  at integer not null,
  event text not null,
  person text not null,
  team text not null,
  conversation text not null,
  turn integer not null default 0,
  kind text not null,
  outcome text not null,
  code text not null default '',
  code_sha256 text not null default '',
  attempts integer not null default 0,
  calls integer not null default 0,
  input_tokens integer not null default 0,
  output_tokens integer not null default 0,
  -- Null when a call's cost is unknown; known_usd is what the priced calls cost.
  cost_usd real,
  known_usd real not null default 0,
  started_at integer not null,
  elapsed_ms integer not null default 0,
  disputed integer not null default 0
);
create index audit_person on audit (person, started_at);
create index audit_team on audit (team, started_at);
create index audit_at on audit (at);
create unique index audit_turn on audit (turn) where event = 'turn';

create table policy_change (
  id integer primary key autoincrement,
  at integer not null,
  person text not null,
  key text not null,
  value text,
  previous text not null
);

-- Turns whose person or start a budget asks for.
create index turn_person on turn (person, started_at);

-- Who brought a file, so that it can go when they want to be forgotten.
alter table file add column person text;

-- What makes pseudonyms: drawn once, so that a forgotten person's lines stay together.
create table pseudonym_salt (
  salt text not null
);
insert into pseudonym_salt (salt) values (lower(hex(randomblob(16))));

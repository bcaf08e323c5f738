-- Times are milliseconds since 1970 UTC. JSON is text, so that a person can read it.

create table person (
  id text primary key,
  name text not null,
  standing text not null,
  first_seen integer not null,
  last_seen integer not null
);

create table team (
  id text primary key,
  name text not null,
  first_seen integer not null
);

create table conversation (
  id text primary key,
  team text not null references team (id),
  -- Turns up to this id are no context any more: somebody said "new".
  forgotten_through integer not null default 0,
  first_seen integer not null,
  last_seen integer not null
);

create table delivery (
  seq integer primary key autoincrement,
  id text not null unique,
  conversation text not null references conversation (id),
  surface text not null,
  incoming text not null,
  received_at integer not null,
  handled_at integer
);
create index delivery_waiting on delivery (conversation, seq) where handled_at is null;

-- Bytes that came with a delivery, until it has been handled.
create table attachment (
  delivery integer not null references delivery (seq) on delete cascade,
  position integer not null,
  content blob not null,
  primary key (delivery, position)
);

create table turn (
  id integer primary key autoincrement,
  conversation text not null references conversation (id),
  number integer not null,
  -- What began it: a delivery begins one turn, however often a restart looks at it.
  delivery integer unique references delivery (seq),
  person text not null references person (id),
  kind text not null,
  request text not null,
  status text,
  state_format integer,
  state text,
  result text,
  calls integer,
  input_tokens integer,
  output_tokens integer,
  cost_usd real,
  cancelled_by text,
  disputed_by text,
  dispute text,
  started_at integer not null,
  ended_at integer,
  unique (conversation, number)
);
-- Budgets count a person's turns since a day or a month began.
create index turn_person on turn (person, started_at);

create table attempt (
  turn integer not null references turn (id) on delete cascade,
  number integer not null,
  step integer not null,
  code text not null,
  status text not null,
  output text not null,
  error text,
  answers integer,
  reason text,
  primary key (turn, number)
);

-- One row per model call.
create table usage (
  id integer primary key autoincrement,
  turn integer not null references turn (id) on delete cascade,
  purpose text not null,
  model text not null,
  input_tokens integer,
  output_tokens integer,
  cost_usd real,
  at integer not null
);
create index usage_turn on usage (turn);

-- Messages that were posted, so that they can be edited and answered to.
create table posted (
  surface text not null,
  ref text not null,
  conversation text not null references conversation (id),
  turn integer not null,
  anchor integer not null,
  at integer not null,
  primary key (surface, ref)
);
create index posted_turn on posted (turn);

create table outgoing (
  id integer primary key autoincrement,
  conversation text not null references conversation (id),
  surface text not null,
  channel text not null,
  address text not null,
  turn integer not null,
  reply text not null,
  asker text,
  asked_at integer not null,
  created_at integer not null,
  state text not null default 'WAITING',
  attempts integer not null default 0,
  next_at integer not null,
  -- Whether it goes out as a new message: decided once, so that a repetition does the same.
  fresh integer,
  -- What the platform has of it so far.
  receipt text,
  problem text,
  ended_at integer
);
create index outgoing_waiting on outgoing (surface, conversation, id) where state = 'WAITING';

create table content (
  sha256 text primary key,
  bytes integer not null,
  content blob not null
);

create table file (
  id text primary key,
  conversation text not null references conversation (id),
  team text not null references team (id),
  name text not null,
  sha256 text not null references content (sha256),
  bytes integer not null,
  turn integer not null,
  current integer not null,
  created_at integer not null,
  -- Who brought it, so that it can go when they want to be forgotten; null where a run left it behind.
  person text
);
create unique index file_current on file (conversation, name) where current = 1;
create index file_content on file (sha256);
create index file_team on file (team);

create table computation (
  id integer primary key autoincrement,
  team text not null references team (id),
  name text not null,
  forgotten_at integer
);
create unique index computation_name on computation (team, name) where forgotten_at is null;

create table computation_version (
  computation integer not null references computation (id) on delete cascade,
  version integer not null,
  turn integer not null,
  request text not null,
  code text not null,
  parameters text not null,
  columns text not null,
  files text not null,
  status text not null,
  saved_by text not null,
  saved_by_name text not null,
  saved_at integer not null,
  flag text,
  primary key (computation, version)
);
create index computation_turn on computation_version (turn);

create table feedback (
  turn integer not null references turn (id) on delete cascade,
  person text not null,
  good integer not null,
  word text not null,
  at integer not null,
  primary key (turn, person)
);

-- Scopes are conversation, person or team ids, with the kind in front.
create table setting (
  scope text not null,
  name text not null,
  value text not null,
  set_by text not null,
  set_at integer not null,
  primary key (scope, name)
);

-- What a button in a notice stands for: a suggested question, something to confirm.
create table offer (
  id integer primary key autoincrement,
  conversation text not null references conversation (id),
  person text not null,
  kind text not null,
  detail text not null,
  created_at integer not null,
  taken_at integer
);

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

-- What makes pseudonyms: drawn once, so that a forgotten person's lines stay together.
create table pseudonym_salt (
  salt text not null
);
insert into pseudonym_salt (salt) values (lower(hex(randomblob(16))));

-- db-scheduler's own table, with the types that sqlite-jdbc reads and writes.
create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data blob,
  execution_time integer not null,
  picked integer not null,
  picked_by text,
  last_success integer,
  last_failure integer,
  consecutive_failures integer,
  last_heartbeat integer,
  version integer not null,
  priority integer,
  primary key (task_name, task_instance)
);
create index scheduled_due on scheduled_tasks (execution_time);
create index scheduled_heartbeat on scheduled_tasks (last_heartbeat);

-- Standing computations. A place is a surface's channel; numbers count in it.
create table schedule (
  id integer primary key autoincrement,
  surface text not null,
  channel text not null,
  number integer not null,
  conversation text not null references conversation (id),
  team text not null references team (id),
  -- Whose rights and budget count.
  person text not null,
  person_name text not null,
  -- Where its replies go, JSON.
  address text not null,
  -- Words that the program reads again: when, in which zone, what, and an alert's condition or nothing.
  recurrence text not null,
  zone text not null,
  task text not null,
  watch text not null default '',
  -- Why it does not run; empty while it does.
  paused text not null default '',
  next_at integer not null,
  created_at integer not null,
  -- What came of the last run, see Schedule.Run.
  last_number integer not null default 0,
  last_at integer not null default 0,
  last_data text not null default '',
  last_value text not null default '',
  last_met integer not null default 0,
  last_problem text not null default ''
);
create unique index schedule_number on schedule (surface, channel, number);
create index schedule_due on schedule (next_at) where paused = '';
create index schedule_conversation on schedule (conversation);
create index schedule_team on schedule (team);
create index schedule_person on schedule (person);

-- The files that one is meant to read: they do not expire.
create table schedule_file (
  schedule integer not null references schedule (id) on delete cascade,
  name text not null,
  primary key (schedule, name)
);

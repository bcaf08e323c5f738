-- Turns that run or wait for a place, where several replicas answer the same people.
create table place (
  seq integer primary key autoincrement,
  delivery text not null unique,
  person text not null,
  conversation text not null,
  replica text not null,
  holding integer not null
);
create index place_person on place (person);

-- How often people and teams asked: what is left of a minute's and of an hour's tokens.
create table rate (
  owner text primary key,
  per_minute integer not null,
  per_hour integer not null,
  minute_left real not null,
  hour_left real not null,
  at integer not null
);

-- When a channel takes the next message.
create table pace (
  surface text not null,
  channel text not null,
  free_at integer not null,
  primary key (surface, channel)
);

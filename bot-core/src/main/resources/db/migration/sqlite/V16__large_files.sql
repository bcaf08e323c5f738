-- Contents of large files that are in an object store, not in the table content.
create table stored_object (
  key text primary key,
  conversation text not null,
  sha256 text not null,
  bytes integer not null,
  -- SENDING until the object store has it, SENT until a file needs it, USED, and GOING when no file needs it any more.
  state text not null,
  since integer not null
);
create index stored_object_content on stored_object (conversation, sha256);
create index stored_object_state on stored_object (state, since);

-- A file's content is in the table content or in an object: the reference to the former goes, for which SQLite wants
-- the table written once more.
create table file_16 (
  id text primary key,
  conversation text not null references conversation (id),
  team text not null references team (id),
  name text not null,
  sha256 text not null,
  bytes integer not null,
  turn integer not null,
  current integer not null,
  created_at integer not null,
  -- Who brought it, so that it can go when they want to be forgotten; null where a run left it behind.
  person text,
  -- What the person attached, where the file came out of it under another name; null where it has its own.
  attached text,
  -- The object that holds the content; null where the table content does.
  object text references stored_object (key)
);
insert into file_16 (id, conversation, team, name, sha256, bytes, turn, current, created_at, person, attached)
  select id, conversation, team, name, sha256, bytes, turn, current, created_at, person, attached from file;
drop table file;
alter table file_16 rename to file;
create unique index file_current on file (conversation, name) where current = 1;
create index file_content on file (sha256);
create index file_team on file (team);
create index file_conversation on file (conversation, name);
create index file_created on file (created_at);
create index file_turn on file (turn) where turn > 0;
create index file_person on file (person) where person is not null;
create index file_object on file (object) where object is not null;

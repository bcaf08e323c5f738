-- Several processes on one store: who is alive, and who works on what.

-- A process that serves people. Times are the database's.
create table replica (
  id text primary key,
  -- Since when it has been heard without a gap.
  since integer not null,
  -- Silent until then, it counts as ended, and others take over its work.
  expires_at integer not null
);

-- Tasks that one replica at a time does for all, such as asking Telegram for updates.
create table leader (
  task text primary key,
  replica text not null
);

-- Who works on a delivery, and how often it was taken: writes of an earlier holder are refused.
alter table delivery add column replica text;
alter table delivery add column epoch integer not null default 0;

-- The same for replies; null while nobody sends it.
alter table outgoing add column replica text;
alter table outgoing add column epoch integer not null default 0;

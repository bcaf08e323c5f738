-- Several processes on one store: who is alive, and who works on what.

-- A process that serves people. Times are the database's.
create table replica (
  id text collate "C" primary key,
  -- Since when it has been heard without a gap.
  since bigint not null,
  -- Silent until then, it counts as ended, and others take over its work.
  expires_at bigint not null
);

-- Tasks that one replica at a time does for all, such as asking Telegram for updates.
create table leader (
  task text collate "C" primary key,
  replica text collate "C" not null
);

-- Who works on a delivery, and how often it was taken: writes of an earlier holder are refused.
alter table delivery add column replica text collate "C";
alter table delivery add column epoch bigint not null default 0;

-- The same for replies; null while nobody sends it.
alter table outgoing add column replica text collate "C";
alter table outgoing add column epoch bigint not null default 0;

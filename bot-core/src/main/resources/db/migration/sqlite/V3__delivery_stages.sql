-- How far a delivery has come: each stage is done once, and picked up where it was left.
alter table delivery add column stage text not null default 'RECEIVED';
-- Failures of this stage, the last of them, and when it is to be tried again.
alter table delivery add column tries integer not null default 0;
alter table delivery add column failure text;
alter table delivery add column next_at integer not null default 0;
-- Set before work on it begins and cleared after: what a process leaves behind is how often one died at it.
alter table delivery add column starts integer not null default 0;
-- 1 while it waits for a place that another of the person's requests holds, 2 when it has done so.
alter table delivery add column waits integer not null default 0;
-- 1 where it does not wait for the conversation's earlier deliveries: cancel, help.
alter table delivery add column urgent integer not null default 0;

-- What became of a delivery's attached files, by their position in it.
create table imported (
  delivery integer not null references delivery (seq) on delete cascade,
  position integer not null,
  -- JSON: the names under which files were kept, and a sentence for each that was not.
  names text not null,
  notices text not null,
  primary key (delivery, position)
);

-- Deliveries hold their own schedule now.
drop table scheduled_tasks;

-- Who ended the process: 0 for a delivery above suspicion, else how many suspects may be worked on at once.
alter table delivery add column company bigint not null default 0;
-- How many processes ended while it was the only one that could have ended them.
alter table delivery add column deaths bigint not null default 0;
-- What is being worked on.
create index delivery_worked on delivery (company) where handled_at is null and starts > 0;

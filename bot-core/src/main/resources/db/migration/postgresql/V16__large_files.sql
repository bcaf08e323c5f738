-- Contents of large files that are in an object store, not in the table content.
create table stored_object (
  key text collate "C" primary key,
  conversation text collate "C" not null,
  sha256 text collate "C" not null,
  bytes bigint not null,
  -- SENDING until the object store has it, SENT until a file needs it, USED, and GOING when no file needs it any more.
  state text collate "C" not null,
  since bigint not null
);
create index stored_object_content on stored_object (conversation, sha256);
create index stored_object_state on stored_object (state, since);

-- A file's content is in the table content or in an object.
alter table file drop constraint file_sha256_fkey;
alter table file add column object text collate "C" references stored_object (key);
create index file_object on file (object) where object is not null;

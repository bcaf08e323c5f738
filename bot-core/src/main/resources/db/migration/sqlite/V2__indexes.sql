-- An index for every statement that looks into a table which grows, and for every reference into one: without it, a
-- deleted parent makes SQLite read the whole child table. A partial index holds only what waits or runs, so that reading
-- all of it is cheap.

create index conversation_team on conversation (team);
create index conversation_seen on conversation (last_seen);
create index person_seen on person (last_seen);

create index delivery_conversation on delivery (conversation);
create index delivery_handled on delivery (handled_at) where handled_at is not null;
create index delivery_person on delivery (json_extract(incoming, '$.person.id'));
-- Changes of a message, by the message's own delivery.
create index delivery_change on delivery (json_extract(incoming, '$.content.delivery'));

create index turn_conversation on turn (conversation);
create index turn_running on turn (conversation) where ended_at is null;
create index turn_started on turn (started_at);
create index turn_ended on turn (ended_at) where ended_at is not null;
create index turn_disputed on turn (disputed_by) where disputed_by is not null;
create index turn_cancelled on turn (cancelled_by) where cancelled_by is not null;
-- Whether retention has taken the outputs out already.
alter table turn add column outputs_gone integer not null default 0;
create index turn_outputs on turn (ended_at) where outputs_gone = 0 and ended_at is not null;

create index feedback_person on feedback (person);

create index posted_at on posted (at);
create index posted_conversation on posted (conversation);

create index outgoing_conversation on outgoing (conversation);
create index outgoing_turn on outgoing (turn);
create index outgoing_ended on outgoing (created_at) where state <> 'WAITING';
create index outgoing_asker on outgoing (json_extract(asker, '$.id'));
-- Replies to people who were forgotten are deleted when they have ended; these had ended before that was so.
delete from outgoing
where state <> 'WAITING' and asker is not null and json_extract(asker, '$.id') not in (select id from person);

create index file_conversation on file (conversation, name);
create index file_created on file (created_at);
create index file_turn on file (turn) where turn > 0;
create index file_person on file (person) where person is not null;

create index computation_team on computation (team);
create index computation_saver on computation_version (saved_by);

create index setting_setter on setting (set_by);

create index offer_conversation on offer (conversation, kind);
create index offer_person on offer (person);
create index offer_created on offer (created_at);

create index audit_started on audit (started_at);

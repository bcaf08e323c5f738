-- Pages for a team: who signed in how, and links by which one computation is shared further.
alter table web_session add column name text not null default '';
alter table web_session add column team text not null default '';
alter table web_session add column team_name text not null default '';
-- How the person signed in: 'link' at this machine, or the platform or proxy that vouched for them.
alter table web_session add column provider text not null default 'link';

create table web_share (
  id integer primary key autoincrement,
  -- SHA-256 of the token in the link: who reads the database cannot open it.
  token text not null unique,
  turn integer not null references turn (id) on delete cascade,
  person text not null,
  created_at integer not null,
  expires_at integer not null
);
create index web_share_turn on web_share (turn);
create index web_share_person on web_share (person);
create index web_share_expires on web_share (expires_at);

-- For the operations page.
create index outgoing_given_up on outgoing (ended_at) where state = 'GIVEN_UP';
create index usage_at on usage (at);

-- Reckon in the browser: who is signed in, and what each conversation's page shows.

create table web_session (
  -- SHA-256 of the cookie's value: who reads the database cannot sign in with it.
  id text primary key,
  person text not null,
  agent text not null,
  created_at integer not null,
  seen_at integer not null,
  expires_at integer not null
);
create index web_session_person on web_session (person);
create index web_session_expires on web_session (expires_at);

create table web_conversation (
  id text primary key,
  person text not null,
  title text not null,
  created_at integer not null,
  updated_at integer not null
);
create index web_conversation_person on web_conversation (person, updated_at);
create index web_conversation_updated on web_conversation (updated_at);

create table web_message (
  id integer primary key autoincrement,
  conversation text not null references web_conversation (id) on delete cascade,
  -- What the person's browser calls it, so that sending it twice shows it once; null for a reply.
  sent text unique,
  turn integer not null,
  -- JSON: what a person wrote, or a reply with what has been shown of its files.
  body text not null,
  -- Small letters without markup, for search.
  words text not null,
  -- Grows with every change of any message, so that an open page asks for what is newer.
  version integer not null,
  created_at integer not null
);
create index web_message_conversation on web_message (conversation, version);
create index web_message_version on web_message (version);
create index web_message_created on web_message (created_at);

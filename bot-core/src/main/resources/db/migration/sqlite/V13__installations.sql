-- Workspaces and organisations that installed the app themselves, instead of by a configured token.
create table installation (
  -- The surface and its id of the workspace or organisation, such as slack/T1.
  id text primary key,
  -- JSON of the surface: names and scopes, nothing secret.
  details text not null,
  -- The tokens, encrypted under a key that is not in this database.
  sealed text not null,
  installed_at integer not null,
  -- Grows with every change, so that two processes do not overwrite each other's tokens.
  version integer not null
);

-- Which installation serves a workspace: its own, or that of its organisation.
create table installed_team (
  team text primary key,
  installation text not null references installation (id) on delete cascade
);
create index installed_team_installation on installed_team (installation);

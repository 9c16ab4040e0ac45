-- Centres, their sections, and who applied to manage them.

-- `search` and `city_folded` are folded, `sort_key` and `city_key` hold the dictionary order (SPEC E18).
CREATE TABLE centres (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  subtitle TEXT,
  description TEXT,
  logo TEXT,
  city TEXT NOT NULL,
  address TEXT,
  phone TEXT,
  email TEXT,
  web TEXT,
  manager INTEGER REFERENCES accounts (id),
  zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  opening_hours TEXT NOT NULL,
  active INTEGER NOT NULL,
  profile INTEGER,
  external_ref TEXT UNIQUE,
  created_at INTEGER NOT NULL,
  archived_at INTEGER,
  search TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT '',
  city_folded TEXT NOT NULL DEFAULT '',
  city_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX centres_by_name ON centres (sort_key, id);

CREATE TABLE sections (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL,
  description TEXT,
  external_ref TEXT UNIQUE,
  archived_at INTEGER,
  name_folded TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sections_by_centre ON sections (centre, sort_key);

-- `role_grant` is the partner role that came with it, waiting or live; none once it was taken away.
CREATE TABLE applications (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  account INTEGER NOT NULL REFERENCES accounts (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  proposed INTEGER NOT NULL,
  message TEXT,
  status INTEGER NOT NULL,
  reason TEXT,
  created_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by INTEGER REFERENCES accounts (id),
  role_grant INTEGER REFERENCES role_grants (id)
) STRICT;
-- One application an account and centre that is not declined (status 2).
CREATE UNIQUE INDEX applications_in_force ON applications (account, centre) WHERE status <> 2;
CREATE INDEX applications_by_centre ON applications (centre);
CREATE INDEX applications_by_role_grant ON applications (role_grant) WHERE role_grant IS NOT NULL;

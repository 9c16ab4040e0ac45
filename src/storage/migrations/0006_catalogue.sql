-- What a centre offers: rooms, categories, age groups, activities, ticket types, and media files.

CREATE TABLE rooms (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL,
  description TEXT,
  capacity INTEGER NOT NULL,
  buffer_before_minutes INTEGER NOT NULL,
  buffer_after_minutes INTEGER NOT NULL,
  sessions_at_once INTEGER NOT NULL,
  external_ref TEXT UNIQUE,
  archived_at INTEGER,
  name_folded TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX rooms_by_centre ON rooms (centre, sort_key);

-- A tree of the whole platform. `tree_key` holds the positions from the root down, so that its order is that of the tree read from
-- the top. `position` counts from 1 among those in use under one parent.
CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  parent INTEGER REFERENCES categories (id),
  name TEXT NOT NULL,
  description TEXT,
  position INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  external_ref TEXT UNIQUE,
  archived_at INTEGER,
  name_folded TEXT NOT NULL DEFAULT '',
  tree_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX categories_by_tree ON categories (tree_key, id);
CREATE INDEX categories_by_parent ON categories (parent);

CREATE TABLE age_groups (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  min_age INTEGER NOT NULL,
  max_age INTEGER,
  external_ref TEXT UNIQUE,
  archived_at INTEGER,
  name_folded TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT ''
) STRICT;

-- `min_age` and `max_age` are those of the age group where there is one; they follow it. `poster` is the one of `details`.
CREATE TABLE activities (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  section INTEGER REFERENCES sections (id),
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  categories TEXT NOT NULL,
  duration_minutes INTEGER NOT NULL,
  age_group INTEGER REFERENCES age_groups (id),
  min_age INTEGER,
  max_age INTEGER,
  default_capacity INTEGER,
  trainers TEXT NOT NULL,
  release_date INTEGER,
  details TEXT,
  average_review INTEGER,
  active INTEGER NOT NULL,
  external_ref TEXT UNIQUE,
  created_at INTEGER NOT NULL,
  archived_at INTEGER,
  search TEXT NOT NULL DEFAULT '',
  name_folded TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT '',
  poster TEXT
) STRICT;
CREATE INDEX activities_by_name ON activities (sort_key, id);
CREATE INDEX activities_by_centre ON activities (centre, sort_key);
CREATE INDEX activities_by_section ON activities (section) WHERE section IS NOT NULL;
CREATE INDEX activities_by_age_group ON activities (age_group) WHERE age_group IS NOT NULL;
CREATE INDEX activities_by_poster ON activities (poster) WHERE poster IS NOT NULL;

-- The lists of an activity once more, to be searched from the other side.
CREATE TABLE activity_categories (
  category INTEGER NOT NULL REFERENCES categories (id),
  activity INTEGER NOT NULL REFERENCES activities (id),
  PRIMARY KEY (category, activity)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_categories_by_activity ON activity_categories (activity);
CREATE TABLE activity_trainers (
  account INTEGER NOT NULL REFERENCES accounts (id),
  activity INTEGER NOT NULL REFERENCES activities (id),
  PRIMARY KEY (account, activity)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_trainers_by_activity ON activity_trainers (activity);

-- Without a centre: for all of them.
CREATE TABLE ticket_types (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER REFERENCES centres (id),
  name TEXT NOT NULL,
  description TEXT,
  condition TEXT,
  min_age INTEGER,
  max_age INTEGER,
  seat_categories TEXT NOT NULL,
  position INTEGER NOT NULL,
  external_ref TEXT UNIQUE,
  archived_at INTEGER,
  name_folded TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX ticket_types_by_centre ON ticket_types (centre);

-- Files lie beside the database under the name of their digest (SHA-256 in hexadecimal). `checked_at` is when the file was last put
-- or found to be in use.
CREATE TABLE media (
  digest TEXT PRIMARY KEY,
  type INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  put_at INTEGER NOT NULL,
  put_by INTEGER REFERENCES accounts (id),
  checked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_by_check ON media (checked_at);
CREATE INDEX media_by_account ON media (put_by, put_at) WHERE put_by IS NOT NULL;
-- Files that are to go once the transaction that gave them up is committed.
CREATE TABLE media_removals (
  digest TEXT PRIMARY KEY,
  given_up_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX centres_by_logo ON centres (logo) WHERE logo IS NOT NULL;
CREATE INDEX clients_by_picture ON clients (picture) WHERE picture IS NOT NULL;

-- A role may be held for one section of its centre only.
ALTER TABLE role_grants ADD COLUMN section INTEGER REFERENCES sections (id);

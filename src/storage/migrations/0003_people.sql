-- Clients, what they agreed to, and what staff of each centre keep about them. Who guards whom, who belongs to which
-- centre and who is assigned to whom stands with access, because scopes rest on it.

-- What is personal is overwritten when a person is erased; secure_delete keeps no copy of the old bytes. `search` holds
-- folded names, the address and the digits of the phone; `name_key` the folded parts of the name in order; `sort_key`
-- the dictionary order (SPEC E18).
CREATE TABLE clients (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  city TEXT,
  address TEXT,
  sex INTEGER,
  birth_date INTEGER,
  notes TEXT,
  allergies TEXT,
  pick_up TEXT NOT NULL,
  emergency_contact TEXT,
  picture TEXT,
  language TEXT NOT NULL,
  attributes TEXT NOT NULL,
  external_ref TEXT UNIQUE,
  registered_at INTEGER NOT NULL,
  archived_at INTEGER,
  merged_into INTEGER REFERENCES clients (id),
  erased_at INTEGER,
  search TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT '',
  name_key TEXT NOT NULL DEFAULT '',
  city_folded TEXT NOT NULL DEFAULT ''
) STRICT;
-- Unique among clients in use (SPEC P1): an archived one gives its address and phone free.
CREATE UNIQUE INDEX clients_by_email ON clients (email) WHERE archived_at IS NULL AND email IS NOT NULL;
CREATE UNIQUE INDEX clients_by_phone ON clients (phone) WHERE archived_at IS NULL AND phone IS NOT NULL;
CREATE INDEX clients_by_name ON clients (sort_key, id);
CREATE INDEX clients_by_registration ON clients (registered_at, id);
-- For duplicates (SPEC P7).
CREATE INDEX clients_by_person ON clients (birth_date, name_key) WHERE birth_date IS NOT NULL;
CREATE INDEX clients_by_merger ON clients (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE client_notes (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  client INTEGER NOT NULL REFERENCES clients (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  text TEXT NOT NULL,
  author INTEGER REFERENCES accounts (id),
  written_at INTEGER NOT NULL,
  archived_at INTEGER
) STRICT;
CREATE INDEX client_notes_by_client ON client_notes (client);

CREATE TABLE client_tags (
  client INTEGER NOT NULL REFERENCES clients (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  tag_folded TEXT NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (client, centre, tag_folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_tags_by_tag ON client_tags (centre, tag_folded);

CREATE TABLE client_bars (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  client INTEGER NOT NULL REFERENCES clients (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  until INTEGER,
  reason TEXT NOT NULL,
  author INTEGER REFERENCES accounts (id),
  barred_at INTEGER NOT NULL,
  lifted_at INTEGER
) STRICT;
CREATE INDEX client_bars_by_client ON client_bars (client, centre);
CREATE INDEX client_bars_by_centre ON client_bars (centre);

CREATE TABLE waivers (
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES clients (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  signed_by INTEGER NOT NULL REFERENCES clients (id),
  text_version INTEGER NOT NULL,
  signed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX waivers_by_client ON waivers (client, centre);

-- Append-only: what holds is the newest line of a kind (SPEC P9).
CREATE TABLE consents (
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES clients (id),
  kind TEXT NOT NULL,
  text_version TEXT NOT NULL,
  given INTEGER NOT NULL,
  recorded_by INTEGER REFERENCES accounts (id),
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX consents_by_client ON consents (client, kind);

CREATE TABLE favourites (
  client INTEGER NOT NULL REFERENCES clients (id),
  kind INTEGER NOT NULL,
  subject INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (client, kind, subject)
) STRICT, WITHOUT ROWID;

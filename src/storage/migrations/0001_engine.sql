-- What the engine itself keeps.

-- The file's secret (wrapped by the host's key where it gave one) and other single facts.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

-- Versions that caches depend on; topic 0 changes with every other one, so one row tells that nothing changed.
CREATE TABLE topics (
  topic INTEGER PRIMARY KEY,
  version INTEGER NOT NULL
) STRICT;
INSERT INTO topics (topic, version) VALUES (0, 1), (1, 1), (2, 1), (3, 1), (4, 1);

-- centre 0 is the whole file.
CREATE TABLE settings (
  name TEXT NOT NULL,
  centre INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (name, centre)
) STRICT, WITHOUT ROWID;

-- The feed (SPEC E7). Retention deletes from the front and always leaves the last row, so no sequence is used twice.
CREATE TABLE events (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  topic TEXT NOT NULL,
  client INTEGER,
  centre INTEGER,
  account INTEGER,
  payload TEXT NOT NULL
) STRICT;

-- The audit log (SPEC E8). `seal` chains all columns but origin, correlation, request and salt, for which `digest` stands:
-- those can be erased with a person and the chain still holds; `erasure` then shows that it was done by right.
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  principal_kind INTEGER NOT NULL,
  principal INTEGER NOT NULL,
  operation TEXT NOT NULL,
  outcome TEXT NOT NULL,
  client INTEGER,
  centre INTEGER,
  origin TEXT,
  correlation TEXT,
  request TEXT,
  salt BLOB,
  digest BLOB NOT NULL,
  seal BLOB NOT NULL,
  erasure BLOB
) STRICT;
CREATE INDEX audit_by_client ON audit (client) WHERE client IS NOT NULL;

-- Results of writes that carried a key (SPEC E4); sealed with a key that derives from the caller's own.
-- `key`: digest of the caller and their key. Rows are long, so they lie in the order of their age, which is how they are deleted, and
-- only the digests are searched.
CREATE TABLE idempotency (
  id INTEGER PRIMARY KEY,
  key BLOB NOT NULL,
  request BLOB NOT NULL,
  result BLOB NOT NULL,
  at INTEGER NOT NULL,
  client INTEGER
) STRICT;
CREATE UNIQUE INDEX idempotency_by_key ON idempotency (key);

-- All whom a kept result may tell of, where they are several: it goes when one of them is erased.
CREATE TABLE idempotency_clients (
  record INTEGER NOT NULL REFERENCES idempotency (id) ON DELETE CASCADE,
  client INTEGER NOT NULL,
  PRIMARY KEY (record, client)
) STRICT, WITHOUT ROWID;

-- Where jobs that carried a key stand, so that they go on after a crash (SPEC E2). `number`: of steps run; calls with one key that run
-- side by side tell by it that another has got further.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  principal_kind INTEGER NOT NULL,
  principal INTEGER NOT NULL,
  key BLOB NOT NULL,
  operation TEXT NOT NULL,
  request BLOB NOT NULL,
  state TEXT NOT NULL,
  result BLOB NOT NULL,
  number INTEGER NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  is_finished INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (principal_kind, principal, key)
) STRICT;

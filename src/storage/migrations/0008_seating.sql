-- What seats and places there are, and who has them.

-- Drawn halls. A row is one version and never changes, but for `archived_at`, `newest` and the host's key (SPEC H2). `first` is the first
-- version of the line, `newest` is 1 for its last.
CREATE TABLE seat_maps (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  first INTEGER REFERENCES seat_maps (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  seats INTEGER NOT NULL,
  places INTEGER NOT NULL,
  external_ref TEXT,
  created_at INTEGER NOT NULL,
  archived_at INTEGER,
  newest INTEGER NOT NULL DEFAULT 1,
  name_folded TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX seat_maps_by_line ON seat_maps (first, version);
CREATE INDEX seat_maps_by_centre ON seat_maps (centre, sort_key) WHERE newest = 1;
CREATE UNIQUE INDEX seat_maps_by_external_ref ON seat_maps (external_ref)
  WHERE external_ref IS NOT NULL AND newest = 1;

-- Which line of maps a room has, by its first version.
CREATE TABLE room_maps (
  room INTEGER PRIMARY KEY REFERENCES rooms (id),
  map INTEGER NOT NULL REFERENCES seat_maps (id)
) STRICT;
CREATE INDEX room_maps_by_map ON room_maps (map);

-- The version that a session was opened with, and the room it had then. Sessions without seats have no row.
CREATE TABLE session_maps (
  session INTEGER PRIMARY KEY REFERENCES sessions (id),
  map INTEGER NOT NULL REFERENCES seat_maps (id),
  room INTEGER REFERENCES rooms (id)
) STRICT;

-- Who has which place of a session: the guard against selling twice (SPEC H8). `place` is the number of a seat in the session's map,
-- or a number from 1 on where there are no seats. `owner` is a hold, a booking or a waiting entry, by `state`. A claim with `expires` is
-- over at that moment, with no sweep needed (SPEC H4), and gives way to the next. `reserved` is the channel that a place is set aside
-- for, whoever has it meanwhile: when they give it back, it is reserved again (SPEC H3).
CREATE TABLE claims (
  session INTEGER NOT NULL REFERENCES sessions (id),
  place INTEGER NOT NULL,
  state INTEGER NOT NULL,
  owner INTEGER,
  expires INTEGER,
  note TEXT,
  reserved INTEGER,
  PRIMARY KEY (session, place)
) STRICT, WITHOUT ROWID;

-- Places kept for a buyer (SPEC H4). `token` is the digest of the secret in the holder's token; `places` the numbers, as JSON, that the
-- hold has claims on until `expires_at`; `origin` a digest of where an anonymous holder came from. Lapsed rows mean nothing any more;
-- the tick clears them away. Numbers of holds are never used again, since claims name them.
CREATE TABLE holds (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token BLOB NOT NULL,
  session INTEGER NOT NULL REFERENCES sessions (id),
  client INTEGER REFERENCES clients (id),
  account INTEGER REFERENCES accounts (id),
  origin INTEGER,
  channel INTEGER NOT NULL,
  places TEXT NOT NULL,
  place_count INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  latest_at INTEGER NOT NULL
) STRICT;
CREATE INDEX holds_by_expiry ON holds (expires_at);
CREATE INDEX holds_by_account ON holds (account, session) WHERE account IS NOT NULL;
CREATE INDEX holds_by_origin ON holds (origin) WHERE origin IS NOT NULL;

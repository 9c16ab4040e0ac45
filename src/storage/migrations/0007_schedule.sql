-- The timetable: series, their sessions, and occurrences that have none.

-- `extend_at`: when the tick adds the next sessions; none once the rule has ended.
-- Facts of RFC 5545: `start` is DTSTART, `rule` RRULE, `added` RDATE, `removed` EXDATE, all in wall-clock time of `zone`.
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  activity INTEGER NOT NULL REFERENCES activities (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  room INTEGER REFERENCES rooms (id),
  trainers TEXT NOT NULL,
  kind INTEGER NOT NULL,
  "group" INTEGER REFERENCES groups (id),
  client INTEGER REFERENCES clients (id),
  capacity INTEGER,
  price TEXT,
  minimum INTEGER,
  minimum_before INTEGER NOT NULL,
  colour TEXT,
  start INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  zone TEXT NOT NULL,
  rule TEXT,
  added TEXT NOT NULL,
  removed TEXT NOT NULL,
  horizon_weeks INTEGER,
  scheduled_until INTEGER NOT NULL,
  continues INTEGER REFERENCES series (id),
  external_ref TEXT UNIQUE,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  extend_at INTEGER
) STRICT;
CREATE INDEX series_by_centre ON series (centre);
CREATE INDEX series_to_extend ON series (extend_at) WHERE extend_at IS NOT NULL;

-- `decide_at`: when the tick looks whether enough places are taken.
-- An occurrence has one session, whatever became of it: running the horizon again adds nothing (SPEC S3).
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  series INTEGER REFERENCES series (id),
  occurrence INTEGER,
  activity INTEGER NOT NULL REFERENCES activities (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  room INTEGER REFERENCES rooms (id),
  trainers TEXT NOT NULL,
  kind INTEGER NOT NULL,
  "group" INTEGER REFERENCES groups (id),
  client INTEGER REFERENCES clients (id),
  capacity INTEGER,
  price TEXT,
  minimum INTEGER,
  minimum_before INTEGER NOT NULL,
  colour TEXT,
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  local_start INTEGER NOT NULL,
  zone TEXT NOT NULL,
  status INTEGER NOT NULL,
  reason TEXT,
  changed_by_hand INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  external_ref TEXT UNIQUE,
  created_at INTEGER NOT NULL,
  settled_at INTEGER,
  archived_at INTEGER,
  decide_at INTEGER
) STRICT;
CREATE INDEX sessions_by_start ON sessions (starts, id);
CREATE INDEX sessions_by_centre ON sessions (centre, starts, id);
CREATE INDEX sessions_by_activity ON sessions (activity, starts);
CREATE INDEX sessions_by_room ON sessions (room, starts) WHERE room IS NOT NULL;
CREATE INDEX sessions_by_group ON sessions ("group", starts) WHERE "group" IS NOT NULL;
CREATE INDEX sessions_by_client ON sessions (client, starts) WHERE client IS NOT NULL;
CREATE UNIQUE INDEX sessions_by_series ON sessions (series, occurrence) WHERE series IS NOT NULL;
-- Status 0 is scheduled: what the tick completes.
CREATE INDEX sessions_to_decide ON sessions (decide_at) WHERE decide_at IS NOT NULL;
CREATE INDEX sessions_to_complete ON sessions (ends) WHERE status = 0;
-- Those that take longer than 4 hours, so that looking for what still goes on at a moment need not go further back than
-- that for all the others.
CREATE INDEX sessions_long ON sessions (starts, ends) WHERE ends - starts > 14400;

-- Who leads which session, cancelled ones too: `trainers` of sessions, for look-ups by trainer and time.
CREATE TABLE session_trainers (
  trainer INTEGER NOT NULL REFERENCES accounts (id),
  starts INTEGER NOT NULL,
  session INTEGER NOT NULL REFERENCES sessions (id),
  PRIMARY KEY (trainer, starts, session)
) STRICT, WITHOUT ROWID;

-- Occurrences that have no session, so that the tick does not try them again.
CREATE TABLE skipped_occurrences (
  series INTEGER NOT NULL REFERENCES series (id),
  occurrence INTEGER NOT NULL,
  cause INTEGER NOT NULL,
  sessions TEXT NOT NULL,
  PRIMARY KEY (series, occurrence)
) STRICT, WITHOUT ROWID;

-- Groups and their members (SPEC S13). A membership that ended keeps its row.
CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL,
  trainer INTEGER REFERENCES accounts (id),
  capacity INTEGER,
  external_ref TEXT UNIQUE,
  created_at INTEGER NOT NULL,
  archived_at INTEGER,
  name_folded TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX groups_by_centre ON groups (centre, sort_key);

CREATE TABLE group_members (
  "group" INTEGER NOT NULL REFERENCES groups (id),
  client INTEGER NOT NULL REFERENCES clients (id),
  joined_at INTEGER NOT NULL,
  left_at INTEGER,
  PRIMARY KEY ("group", client, joined_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_members_by_client ON group_members (client);

-- When a trainer cannot lead anything (SPEC S10). `session` and others are found by time.
CREATE TABLE absences (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  trainer INTEGER NOT NULL REFERENCES accounts (id),
  cause INTEGER NOT NULL,
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  note TEXT,
  reported_by INTEGER REFERENCES accounts (id),
  reported_at INTEGER NOT NULL,
  withdrawn_at INTEGER
) STRICT;
CREATE INDEX absences_by_trainer ON absences (trainer, starts);

-- When a centre, or one room of it, is closed (SPEC S12).
CREATE TABLE closures (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  room INTEGER REFERENCES rooms (id),
  name TEXT NOT NULL,
  starts INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  lifted_at INTEGER
) STRICT;
CREATE INDEX closures_by_centre ON closures (centre, starts);

-- When a trainer works at a centre: minutes from local midnight of a weekday (1 is Monday) (SPEC S11).
CREATE TABLE working_hours (
  trainer INTEGER NOT NULL REFERENCES accounts (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  weekday INTEGER NOT NULL,
  opens INTEGER NOT NULL,
  closes INTEGER NOT NULL,
  PRIMARY KEY (trainer, centre, weekday, opens)
) STRICT, WITHOUT ROWID;

-- Wishes of trainers and clients to move a session (SPEC S6).
CREATE TABLE move_requests (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  session INTEGER NOT NULL REFERENCES sessions (id),
  account INTEGER REFERENCES accounts (id),
  client INTEGER REFERENCES clients (id),
  start INTEGER NOT NULL,
  duration INTEGER,
  reason TEXT,
  status INTEGER NOT NULL,
  answer TEXT,
  created_at INTEGER NOT NULL,
  decided_at INTEGER,
  decided_by INTEGER REFERENCES accounts (id)
) STRICT;
CREATE INDEX move_requests_by_session ON move_requests (session);

-- The rules of each zone as sessions to come were last worked out by (DESIGN "Time"). `done_ends` and `done_session`:
-- how far a change of the rules has been followed, by end and id; none where nothing is left to follow.
CREATE TABLE zone_rules (
  zone TEXT PRIMARY KEY,
  fingerprint BLOB NOT NULL,
  done_ends INTEGER,
  done_session INTEGER
) STRICT, WITHOUT ROWID;

-- Sessions that a change of rules moved, until the tick has looked for clashes.
CREATE TABLE rezoned_sessions (
  session INTEGER PRIMARY KEY REFERENCES sessions (id)
) STRICT;

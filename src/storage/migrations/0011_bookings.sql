-- Bookings, tickets, the door and waiting lists.

-- A cancellation policy is never changed: a new one takes its place. The nearest holds: of the session, series, activity or centre (SPEC B6).
CREATE TABLE cancellation_policies (
  id INTEGER PRIMARY KEY,
  centre INTEGER NOT NULL REFERENCES centres (id),
  activity INTEGER REFERENCES activities (id),
  series INTEGER REFERENCES series (id),
  session INTEGER REFERENCES sessions (id),
  free_before INTEGER NOT NULL,
  brackets TEXT NOT NULL,
  fee TEXT,
  credit_days INTEGER,
  credit_before INTEGER NOT NULL,
  set_at INTEGER NOT NULL,
  set_by INTEGER REFERENCES accounts (id),
  ended_at INTEGER
) STRICT;
CREATE INDEX cancellation_policies_by_centre ON cancellation_policies (centre);

-- `client` booked, `payer` pays, `seller` sold it on somebody's behalf, `account` is who called. `free_before` is the setting as it was,
-- where no policy holds. `clock_start` is the start that the policy goes by once a booking was moved (SPEC B7). `due_at` is when the tick
-- looks next: to say that it must be paid soon, then to let it expire. The reference follows from the id and is no column.
CREATE TABLE bookings (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  session INTEGER NOT NULL REFERENCES sessions (id),
  centre INTEGER NOT NULL,
  client INTEGER REFERENCES clients (id),
  payer INTEGER REFERENCES clients (id),
  guest_name TEXT,
  guest_email TEXT,
  guest_phone TEXT,
  seller INTEGER,
  account INTEGER,
  channel INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  status INTEGER NOT NULL,
  booked_as INTEGER NOT NULL,
  "order" INTEGER,
  pay_by INTEGER,
  due_at INTEGER,
  policy INTEGER REFERENCES cancellation_policies (id),
  free_before INTEGER,
  clock_start INTEGER,
  first_session INTEGER,
  moves INTEGER NOT NULL,
  note TEXT,
  external_ref TEXT,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  reason TEXT
) STRICT;
CREATE INDEX bookings_by_client ON bookings (client, session) WHERE client IS NOT NULL;
CREATE INDEX bookings_by_payer ON bookings (payer) WHERE payer IS NOT client;
CREATE INDEX bookings_by_guest ON bookings (guest_email) WHERE guest_email IS NOT NULL;
CREATE INDEX bookings_of_guests ON bookings (centre, created_at)
  WHERE guest_name IS NOT NULL OR guest_email IS NOT NULL OR guest_phone IS NOT NULL;
CREATE UNIQUE INDEX bookings_by_external_ref ON bookings (external_ref) WHERE external_ref IS NOT NULL;
CREATE INDEX bookings_due ON bookings (due_at) WHERE due_at IS NOT NULL;

-- Places lie together by session: what is asked most is who is in one. `place` is the number claimed in `claims`; `starts` repeats that of
-- the session, so that an attendee's day is one range of the index, which also guards the attendee's slot (SPEC B2). Statuses from 5 on,
-- cancelled and expired, no longer count. `subscription`: whose visit pays; none with paid_by 3 while its renewal is awaited.
CREATE TABLE places (
  session INTEGER NOT NULL REFERENCES sessions (id),
  booking INTEGER NOT NULL REFERENCES bookings (id),
  number INTEGER NOT NULL,
  place INTEGER NOT NULL,
  status INTEGER NOT NULL,
  attendee INTEGER REFERENCES clients (id),
  ticket_type INTEGER,
  paid_by INTEGER NOT NULL,
  subscription INTEGER,
  line INTEGER,
  starts INTEGER NOT NULL,
  PRIMARY KEY (session, booking, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX places_by_attendee ON places (attendee, starts, session) WHERE attendee IS NOT NULL AND status < 5;

-- What was done to a booking after it was made, from number 2 on; number 1 follows from the booking itself (SPEC B16).
CREATE TABLE booking_history (
  booking INTEGER NOT NULL REFERENCES bookings (id),
  number INTEGER NOT NULL,
  change INTEGER NOT NULL,
  at INTEGER NOT NULL,
  account INTEGER,
  status INTEGER NOT NULL,
  places TEXT NOT NULL,
  session INTEGER NOT NULL,
  reason TEXT,
  PRIMARY KEY (booking, number)
) STRICT, WITHOUT ROWID;

-- Make-up credits: `value` in minor units of the centre's currency.
CREATE TABLE credits (
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES clients (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  activity INTEGER NOT NULL REFERENCES activities (id),
  value INTEGER NOT NULL,
  currency TEXT NOT NULL,
  granted_for INTEGER NOT NULL REFERENCES bookings (id),
  used_for INTEGER,
  used_place INTEGER,
  granted_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX credits_by_client ON credits (client, expires_at);
CREATE INDEX credits_by_use ON credits (used_for) WHERE used_for IS NOT NULL;

-- --- The door ---

-- Tickets that no longer count, in the order that gates learn of them. Issues of a place are numbered from 1 on without gaps, so that the
-- one that counts follows from how many are void. `session` is the one that the ticket was for.
CREATE TABLE revoked_tickets (
  id INTEGER PRIMARY KEY,
  booking INTEGER NOT NULL REFERENCES bookings (id),
  number INTEGER NOT NULL,
  issue INTEGER NOT NULL,
  session INTEGER NOT NULL REFERENCES sessions (id),
  centre INTEGER NOT NULL,
  why INTEGER NOT NULL,
  revoked_at INTEGER NOT NULL,
  account INTEGER,
  UNIQUE (booking, number, issue)
) STRICT;

-- Names of those who got a ticket by transfer and are no clients.
CREATE TABLE ticket_holders (
  booking INTEGER NOT NULL REFERENCES bookings (id),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (booking, number)
) STRICT, WITHOUT ROWID;

-- How the visitor of a place that is attended came (SPEC B5). What was taken back is in the history of the booking.
CREATE TABLE check_ins (
  booking INTEGER NOT NULL REFERENCES bookings (id),
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  how INTEGER NOT NULL,
  gate INTEGER REFERENCES gates (id),
  account INTEGER,
  PRIMARY KEY (booking, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE gates (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL,
  sections TEXT NOT NULL,
  archived_at INTEGER
) STRICT;
CREATE INDEX gates_by_centre ON gates (centre);

-- What gates read without the file. Without a reason it is the one that let its visitor in. The key makes repeated uploads harmless.
CREATE TABLE scans (
  id INTEGER PRIMARY KEY,
  centre INTEGER NOT NULL REFERENCES centres (id),
  session INTEGER NOT NULL REFERENCES sessions (id),
  booking INTEGER NOT NULL REFERENCES bookings (id),
  number INTEGER NOT NULL,
  issue INTEGER,
  gate INTEGER REFERENCES gates (id),
  scanned_at INTEGER NOT NULL,
  reason TEXT,
  uploaded_at INTEGER NOT NULL,
  account INTEGER
) STRICT;
CREATE UNIQUE INDEX scans_by_place ON scans (booking, number, scanned_at, coalesce(gate, 0), coalesce(issue, 0));
CREATE INDEX scans_flagged ON scans (centre, id) WHERE reason IS NOT NULL;

-- Sessions whose roll is still open; at `due_at` the tick makes no-shows of those who were not seen (SPEC B9).
CREATE TABLE open_rolls (
  session INTEGER PRIMARY KEY REFERENCES sessions (id),
  due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX open_rolls_due ON open_rolls (due_at);

-- Sessions that are over and whose reserved visits the tick has not used yet, but for bookings up to `done_up_to` (SPEC V7).
CREATE TABLE open_visits (
  session INTEGER PRIMARY KEY REFERENCES sessions (id),
  done_up_to INTEGER NOT NULL
) STRICT;

-- Strikes, one a booking at most. A lock is not stored: it follows from strikes that nobody took back or forgave.
CREATE TABLE strikes (
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES clients (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  booking INTEGER NOT NULL UNIQUE REFERENCES bookings (id),
  given_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  withdrawn_at INTEGER,
  reset_at INTEGER
) STRICT;
CREATE INDEX strikes_by_client ON strikes (client, centre);

-- --- Waiting lists ---

-- Who waits for places of a session (SPEC B8): of those with the higher priority first who came first. Places that are offered are claims
-- of the entry, kept a little longer than the offer stands, so that the tick can pass them on. Statuses 0 and 1, waiting and offered, are
-- open. `due_at` is when the tick looks next: the end of an offer, else the start of the session.
CREATE TABLE waiting_entries (
  id INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES sessions (id),
  centre INTEGER NOT NULL,
  client INTEGER NOT NULL REFERENCES clients (id),
  payer INTEGER REFERENCES clients (id),
  account INTEGER,
  channel INTEGER NOT NULL,
  seat_category TEXT,
  intent INTEGER NOT NULL,
  fewer INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  status INTEGER NOT NULL,
  offered INTEGER NOT NULL,
  expires_at INTEGER,
  due_at INTEGER,
  booking INTEGER REFERENCES bookings (id),
  joined_at INTEGER NOT NULL,
  ended_at INTEGER,
  reason TEXT
) STRICT;
CREATE INDEX waiting_in_line ON waiting_entries (session, priority DESC, id) WHERE status = 0;
CREATE UNIQUE INDEX waiting_once ON waiting_entries (client, session) WHERE status < 2;
CREATE INDEX waiting_by_client ON waiting_entries (client);
CREATE INDEX waiting_by_session ON waiting_entries (session);
CREATE INDEX waiting_due ON waiting_entries (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE waiting_places (
  entry INTEGER NOT NULL REFERENCES waiting_entries (id),
  number INTEGER NOT NULL,
  attendee INTEGER REFERENCES clients (id),
  ticket_type INTEGER,
  by_visit INTEGER NOT NULL,
  subscription INTEGER,
  PRIMARY KEY (entry, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_places_by_attendee ON waiting_places (attendee) WHERE attendee IS NOT NULL;

-- --- Courses ---

-- Sessions sold together (SPEC B15): `price` in minor units of the centre's currency is for all of them. Weights say how much of it each
-- session is worth.
CREATE TABLE courses (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL,
  price INTEGER NOT NULL,
  external_ref TEXT,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX courses_by_centre ON courses (centre);
CREATE UNIQUE INDEX courses_by_external_ref ON courses (external_ref) WHERE external_ref IS NOT NULL;

CREATE TABLE course_sessions (
  course INTEGER NOT NULL REFERENCES courses (id),
  number INTEGER NOT NULL,
  session INTEGER NOT NULL REFERENCES sessions (id),
  weight INTEGER NOT NULL,
  PRIMARY KEY (course, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX course_sessions_by_session ON course_sessions (session);

-- Somebody's part in a course: one booking in each session that remained.
CREATE TABLE course_bookings (
  id INTEGER PRIMARY KEY,
  course INTEGER NOT NULL REFERENCES courses (id),
  centre INTEGER NOT NULL,
  client INTEGER REFERENCES clients (id),
  attendee INTEGER REFERENCES clients (id),
  "order" INTEGER,
  booked_at INTEGER NOT NULL,
  cancelled_at INTEGER
) STRICT;
CREATE INDEX course_bookings_by_course ON course_bookings (course);
CREATE INDEX course_bookings_by_client ON course_bookings (client) WHERE client IS NOT NULL;
CREATE INDEX course_bookings_by_attendee ON course_bookings (attendee) WHERE attendee IS NOT NULL;

CREATE TABLE course_booking_sessions (
  course_booking INTEGER NOT NULL REFERENCES course_bookings (id),
  booking INTEGER NOT NULL REFERENCES bookings (id),
  PRIMARY KEY (course_booking, booking)
) STRICT, WITHOUT ROWID;
CREATE INDEX course_booking_sessions_by_booking ON course_booking_sessions (booking);

-- Weekly slots: standing claims of subscriptions on the same time every week (SPEC V11).

-- `weekday` from 1 on, Monday; `minute` after midnight by the wall clock. `reason`: why it ended.
CREATE TABLE weekly_slots (
  id INTEGER PRIMARY KEY,
  subscription INTEGER NOT NULL REFERENCES subscriptions (id),
  attendee INTEGER NOT NULL REFERENCES clients (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  weekday INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  activity INTEGER NOT NULL REFERENCES activities (id),
  is_private INTEGER NOT NULL,
  room INTEGER REFERENCES rooms (id),
  trainer INTEGER REFERENCES accounts (id),
  duration INTEGER,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  reason TEXT
) STRICT;
CREATE INDEX weekly_slots_by_time ON weekly_slots (activity, weekday, minute) WHERE ended_at IS NULL;
CREATE INDEX weekly_slots_by_subscription ON weekly_slots (subscription);
CREATE INDEX weekly_slots_by_attendee ON weekly_slots (attendee);

-- What was booked by a slot.
CREATE TABLE slot_bookings (
  slot INTEGER NOT NULL REFERENCES weekly_slots (id),
  booking INTEGER NOT NULL REFERENCES bookings (id),
  PRIMARY KEY (slot, booking)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_bookings_by_booking ON slot_bookings (booking);

-- What seats and places there are, and who has them.

-- Who has which place of a session: the guard against selling twice (SPEC H8). `place` is the number of a seat in the session's map,
-- or a number from 1 on where there are no seats. `owner` is a hold, a booking or a waiting entry, by `state`. A claim with `expires` is
-- over at that moment, with no sweep needed (SPEC H4), and gives way to the next.
CREATE TABLE claims (
  session INTEGER NOT NULL REFERENCES sessions (id),
  place INTEGER NOT NULL,
  state INTEGER NOT NULL,
  owner INTEGER,
  expires INTEGER,
  note TEXT,
  PRIMARY KEY (session, place)
) STRICT, WITHOUT ROWID;

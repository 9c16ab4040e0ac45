-- Prices, fees, taxes and quotes.

-- What a place costs (SPEC D1). A row belongs to one activity, series or session; the one that holds for a ticket type and seat category
-- is unique, so that setting it anew changes it.
CREATE TABLE prices (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  activity INTEGER REFERENCES activities (id),
  series INTEGER REFERENCES series (id),
  session INTEGER REFERENCES sessions (id),
  ticket_type INTEGER REFERENCES ticket_types (id),
  seat_category TEXT,
  amount TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX prices_by_centre ON prices (centre, id);
CREATE UNIQUE INDEX prices_of_activity ON prices (activity, coalesce(ticket_type, 0), coalesce(seat_category, ''))
  WHERE activity IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX prices_of_series ON prices (series, coalesce(ticket_type, 0), coalesce(seat_category, ''))
  WHERE series IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX prices_of_session ON prices (session, coalesce(ticket_type, 0), coalesce(seat_category, ''))
  WHERE session IS NOT NULL AND ended_at IS NULL;

CREATE TABLE price_rules (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  activity INTEGER REFERENCES activities (id),
  series INTEGER REFERENCES series (id),
  session INTEGER REFERENCES sessions (id),
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  ticket_type INTEGER REFERENCES ticket_types (id),
  seat_category TEXT,
  channel INTEGER,
  weekdays TEXT NOT NULL,
  from_minute INTEGER,
  to_minute INTEGER,
  first_date INTEGER,
  last_date INTEGER,
  buy_until INTEGER,
  minutes_before INTEGER,
  quantity INTEGER,
  basis_points INTEGER,
  amount TEXT,
  priority INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX price_rules_by_centre ON price_rules (centre, kind, priority, id);

CREATE TABLE fees (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  activity INTEGER REFERENCES activities (id),
  series INTEGER REFERENCES series (id),
  session INTEGER REFERENCES sessions (id),
  per INTEGER NOT NULL,
  name TEXT NOT NULL,
  ticket_type INTEGER REFERENCES ticket_types (id),
  seat_category TEXT,
  channel INTEGER,
  basis_points INTEGER,
  amount TEXT,
  refundable INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX fees_by_centre ON fees (centre, id);

-- Rates of the same activity or category and kind of line do not overlap; the handler sees to it (SPEC D9).
CREATE TABLE tax_rates (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  activity INTEGER REFERENCES activities (id),
  category INTEGER REFERENCES categories (id),
  taxed INTEGER,
  name TEXT NOT NULL,
  basis_points INTEGER NOT NULL,
  included INTEGER NOT NULL,
  first_date INTEGER NOT NULL,
  last_date INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tax_rates_by_centre ON tax_rates (centre, first_date, id);

-- The quote of a hold, as it was fixed (SPEC D2). `places` are the numbers of its places within the session, by line,
-- `attendees` who comes there; 0: nobody was named. It is for its payer, if it knows one.
CREATE TABLE fixed_quotes (
  hold INTEGER PRIMARY KEY,
  session INTEGER NOT NULL REFERENCES sessions (id),
  payer INTEGER REFERENCES clients (id),
  places TEXT NOT NULL,
  attendees TEXT NOT NULL,
  quote TEXT NOT NULL,
  fixed_at INTEGER NOT NULL
) STRICT;

-- Who has the units of a rule with a quantity: one row a place. `owner` is a booking, or a hold as long as that stands.
CREATE TABLE rule_units (
  rule INTEGER NOT NULL REFERENCES price_rules (id),
  session INTEGER NOT NULL REFERENCES sessions (id),
  of_booking INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (rule, session, of_booking, owner, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_units_by_owner ON rule_units (of_booking, owner);

-- Coupons, promotions, tiers, points and gift cards.

-- Without a centre a coupon is the platform's. `uses` and `given` count what orders have of it and change with
-- coupon_uses; what holds reserve is counted beside (SPEC D3).
CREATE TABLE coupons (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER REFERENCES centres (id),
  name TEXT NOT NULL,
  code TEXT,
  basis_points INTEGER,
  amount TEXT,
  cap TEXT,
  minimum TEXT,
  applies_to INTEGER NOT NULL,
  activities TEXT NOT NULL,
  categories TEXT NOT NULL,
  centres TEXT NOT NULL,
  sessions TEXT NOT NULL,
  plans TEXT NOT NULL,
  valid_from INTEGER,
  valid_to INTEGER,
  active INTEGER NOT NULL,
  uses_max INTEGER NOT NULL,
  uses_per_client INTEGER NOT NULL,
  budget TEXT,
  combinable INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  given INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX coupons_by_centre ON coupons (centre, id);

-- Every code, under a form in which those that look alike are the same. `code` is how it is written, where that differs.
-- A code that is one of many may be used once; `used` says so.
CREATE TABLE coupon_codes (
  code_key TEXT PRIMARY KEY,
  coupon INTEGER NOT NULL REFERENCES coupons (id),
  code TEXT,
  is_unique INTEGER NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- A coupon's codes by their keys, which end the entries: a list costs what its coupon has, not what all have.
CREATE INDEX coupon_codes_by_coupon ON coupon_codes (coupon);

-- One row for each order, or hold with a fixed quote, that has a coupon. A hold's counts as long as it stands.
CREATE TABLE coupon_uses (
  id INTEGER PRIMARY KEY,
  coupon INTEGER NOT NULL REFERENCES coupons (id),
  code_key TEXT NOT NULL,
  client INTEGER REFERENCES clients (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  "order" INTEGER REFERENCES orders (id),
  hold INTEGER,
  amount INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  released_at INTEGER
) STRICT;
CREATE INDEX coupon_uses_by_coupon ON coupon_uses (coupon, client);
CREATE INDEX coupon_uses_by_order ON coupon_uses ("order") WHERE "order" IS NOT NULL;
CREATE INDEX coupon_uses_reserved ON coupon_uses (coupon) WHERE hold IS NOT NULL;
CREATE INDEX coupon_uses_by_hold ON coupon_uses (hold) WHERE hold IS NOT NULL;
CREATE INDEX coupon_uses_by_client ON coupon_uses (client) WHERE client IS NOT NULL;

-- Promotions (SPEC D6). Without a centre one counts everywhere.
CREATE TABLE promotions (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER REFERENCES centres (id),
  name TEXT NOT NULL,
  activities TEXT NOT NULL,
  categories TEXT NOT NULL,
  ticket_types TEXT NOT NULL,
  weekdays TEXT NOT NULL,
  from_minute INTEGER,
  to_minute INTEGER,
  valid_from INTEGER,
  valid_to INTEGER,
  first_booking INTEGER NOT NULL,
  child_from INTEGER,
  tickets_from INTEGER,
  basis_points INTEGER,
  amount TEXT,
  buy INTEGER,
  pay INTEGER,
  exclusive INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX promotions_in_use ON promotions (id) WHERE ended_at IS NULL;

CREATE TABLE tiers (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  level INTEGER NOT NULL,
  metric INTEGER NOT NULL,
  window INTEGER NOT NULL,
  threshold INTEGER NOT NULL,
  currency TEXT,
  basis_points INTEGER NOT NULL,
  free_tickets INTEGER NOT NULL,
  early_days INTEGER NOT NULL,
  points_percent INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX tiers_by_level ON tiers (level) WHERE ended_at IS NULL;

-- What a payer's purchases (source 0: an order) and visits (source 1: a booking) count, on the local day they count on.
-- Follows from orders and bookings; kept while there are tiers (SPEC D4).
CREATE TABLE tier_facts (
  client INTEGER NOT NULL,
  day INTEGER NOT NULL,
  source INTEGER NOT NULL,
  ref INTEGER NOT NULL,
  currency TEXT NOT NULL,
  spend INTEGER NOT NULL,
  tickets INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  PRIMARY KEY (client, day, source, ref)
) STRICT, WITHOUT ROWID;

-- The tier a client has: `reached` by facts, `set_tier` by staff until its end, `tier` of the two. `due`: the day on
-- which the tick looks again, since time alone may change it.
CREATE TABLE client_tiers (
  client INTEGER PRIMARY KEY REFERENCES clients (id),
  tier INTEGER REFERENCES tiers (id),
  reached INTEGER REFERENCES tiers (id),
  set_tier INTEGER REFERENCES tiers (id),
  set_until INTEGER,
  since INTEGER NOT NULL,
  due INTEGER NOT NULL
) STRICT;
CREATE INDEX client_tiers_due ON client_tiers (due);

CREATE TABLE tier_changes (
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES clients (id),
  from_tier INTEGER,
  to_tier INTEGER,
  cause INTEGER NOT NULL,
  "order" INTEGER,
  reason TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX tier_changes_by_client ON tier_changes (client, id);

-- Where the tick stands that works all orders through after tiers were changed; one row while it does.
CREATE TABLE tier_sweep (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  next_order INTEGER NOT NULL
) STRICT;

-- Places that a tier made free, one row for each order or hold; `month` is year × 12 + month.
CREATE TABLE free_tickets (
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES clients (id),
  month INTEGER NOT NULL,
  "order" INTEGER REFERENCES orders (id),
  hold INTEGER,
  units INTEGER NOT NULL,
  kept INTEGER NOT NULL
) STRICT;
CREATE INDEX free_tickets_by_client ON free_tickets (client, month);
CREATE UNIQUE INDEX free_tickets_by_order ON free_tickets ("order") WHERE "order" IS NOT NULL;
CREATE INDEX free_tickets_by_hold ON free_tickets (hold) WHERE hold IS NOT NULL;

-- Points as they came: those of one session of an order, or of one adjustment. `remaining` is the sum of the lot's entries.
-- They can be spent from `available_at` on, once the session is completed (SPEC D5).
CREATE TABLE point_lots (
  id INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES clients (id),
  "order" INTEGER,
  session INTEGER,
  percent INTEGER NOT NULL,
  remaining INTEGER NOT NULL,
  available_at INTEGER,
  expires_at INTEGER
) STRICT;
CREATE INDEX point_lots_by_client ON point_lots (client, expires_at);
CREATE INDEX point_lots_by_order ON point_lots ("order") WHERE "order" IS NOT NULL;
CREATE INDEX point_lots_waiting ON point_lots (session) WHERE available_at IS NULL;
CREATE INDEX point_lots_expiring ON point_lots (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL;

CREATE TABLE point_entries (
  number INTEGER PRIMARY KEY,
  lot INTEGER NOT NULL REFERENCES point_lots (id),
  client INTEGER NOT NULL REFERENCES clients (id),
  kind INTEGER NOT NULL,
  points INTEGER NOT NULL,
  "order" INTEGER,
  payment INTEGER,
  expires_at INTEGER,
  reason TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX point_entries_by_client ON point_entries (client, number);
CREATE INDEX point_entries_by_lot ON point_entries (lot);
CREATE INDEX point_entries_by_payment ON point_entries (payment) WHERE payment IS NOT NULL;

-- `code_key`: the form in which codes are compared. `remaining` is the amount with all moves (SPEC D7).
CREATE TABLE gift_cards (
  id INTEGER PRIMARY KEY,
  centre INTEGER NOT NULL REFERENCES centres (id),
  code_key TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL,
  status INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  remaining INTEGER NOT NULL,
  "order" INTEGER NOT NULL REFERENCES orders (id),
  order_line INTEGER NOT NULL,
  buyer INTEGER REFERENCES clients (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT;
CREATE INDEX gift_cards_by_centre ON gift_cards (centre, id);
CREATE INDEX gift_cards_by_order ON gift_cards ("order");
CREATE INDEX gift_cards_by_buyer ON gift_cards (buyer) WHERE buyer IS NOT NULL;
CREATE INDEX gift_cards_expiring ON gift_cards (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL;

-- What payments took from cards, below zero, and what of it came back.
CREATE TABLE gift_card_moves (
  id INTEGER PRIMARY KEY,
  card INTEGER NOT NULL REFERENCES gift_cards (id),
  payment INTEGER,
  amount INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX gift_card_moves_by_card ON gift_card_moves (card);
CREATE INDEX gift_card_moves_by_payment ON gift_card_moves (payment) WHERE payment IS NOT NULL;

-- Plans, the subscriptions sold by them, and the ledger of visits.

CREATE TABLE plans (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL,
  description TEXT,
  active INTEGER NOT NULL,
  terms TEXT NOT NULL,
  external_ref TEXT UNIQUE,
  created_at INTEGER NOT NULL,
  archived_at INTEGER,
  name_folded TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX plans_by_centre ON plans (centre);

-- What a plan was like: a subscription names the version it was sold by (SPEC V2). Rows are never changed.
CREATE TABLE plan_versions (
  plan INTEGER NOT NULL REFERENCES plans (id),
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  terms TEXT NOT NULL,
  PRIMARY KEY (plan, version)
) STRICT, WITHOUT ROWID;

-- Amounts are minor units of `currency`, without tax but for `price`. `starts` and `last_day` are local days since 1970, `starts_at` and
-- `ends_at` the moments they mean; none while the first visit is not known. `extra_days` repeats the sum of subscription_days. `due_at`: when
-- the tick looks at it next.
CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  plan INTEGER NOT NULL,
  plan_version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  owner INTEGER NOT NULL REFERENCES clients (id),
  activation INTEGER NOT NULL,
  starts_on INTEGER,
  activate_by INTEGER,
  starts INTEGER,
  last_day INTEGER,
  starts_at INTEGER,
  ends_at INTEGER,
  is_provisional INTEGER NOT NULL,
  extra_days INTEGER NOT NULL,
  paid_at INTEGER,
  is_counted INTEGER NOT NULL,
  auto_renewal INTEGER NOT NULL,
  renews INTEGER REFERENCES subscriptions (id),
  renewed_by INTEGER REFERENCES subscriptions (id),
  attempts INTEGER NOT NULL,
  "order" INTEGER REFERENCES orders (id),
  order_line INTEGER REFERENCES order_lines (id),
  currency TEXT NOT NULL,
  price INTEGER NOT NULL,
  sold INTEGER NOT NULL,
  recognised INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  external_ref TEXT UNIQUE,
  created_at INTEGER NOT NULL,
  cancelled_at INTEGER,
  reason TEXT,
  closed_at INTEGER,
  due_at INTEGER,
  FOREIGN KEY (plan, plan_version) REFERENCES plan_versions (plan, version)
) STRICT;
CREATE INDEX subscriptions_by_owner ON subscriptions (owner);
CREATE INDEX subscriptions_by_plan ON subscriptions (plan);
CREATE INDEX subscriptions_by_order ON subscriptions ("order") WHERE "order" IS NOT NULL;
CREATE INDEX subscriptions_due ON subscriptions (due_at) WHERE due_at IS NOT NULL;

-- Who attends. `is_open`: the subscription may still pay for something.
CREATE TABLE subscription_people (
  client INTEGER NOT NULL REFERENCES clients (id),
  is_open INTEGER NOT NULL,
  subscription INTEGER NOT NULL REFERENCES subscriptions (id),
  PRIMARY KEY (client, is_open, subscription)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscription_people_by_subscription ON subscription_people (subscription);

-- The ledger (SPEC V4). `reserved` and `used` are what a line changes of them; `visits` is what a grant or an adjustment adds. `day` is the
-- local day that limits count it for; a line that uses or returns has the day of the one that reserved. `waiting` names an entry of a waiting
-- list that secures a visit before there is a booking (SPEC B8). Rows are never changed. The sums are those of the subscription's lines up to
-- this one, so that the newest line tells how it stands: granted, adjusted, reserved, used, and returned by the centre; `latest_day` is the
-- latest day of them, so that limits of a day or month need not look further back than it reaches.
CREATE TABLE visits (
  subscription INTEGER NOT NULL REFERENCES subscriptions (id),
  number INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  reserved INTEGER NOT NULL,
  used INTEGER NOT NULL,
  cause INTEGER NOT NULL,
  booking INTEGER,
  waiting INTEGER,
  session INTEGER REFERENCES sessions (id),
  attendee INTEGER,
  day INTEGER,
  premium INTEGER NOT NULL,
  reason TEXT,
  "by" INTEGER,
  at INTEGER NOT NULL,
  granted_sum INTEGER NOT NULL,
  adjusted_sum INTEGER NOT NULL,
  reserved_sum INTEGER NOT NULL,
  used_sum INTEGER NOT NULL,
  given_back_sum INTEGER NOT NULL,
  latest_day INTEGER,
  PRIMARY KEY (subscription, number)
) STRICT, WITHOUT ROWID;

-- `starts_at` and `ends_at` are the moments that the days mean. One taken back whole has its last day before its first.
CREATE TABLE freezes (
  id INTEGER PRIMARY KEY,
  subscription INTEGER NOT NULL REFERENCES subscriptions (id),
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  days INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  reason TEXT,
  created_at INTEGER NOT NULL,
  thawed_at INTEGER
) STRICT;
CREATE INDEX freezes_by_subscription ON freezes (subscription);

-- Days added to a term or given back: by freezes, thaws and staff. Rows are never changed.
CREATE TABLE subscription_days (
  id INTEGER PRIMARY KEY,
  subscription INTEGER NOT NULL REFERENCES subscriptions (id),
  days INTEGER NOT NULL,
  freeze INTEGER REFERENCES freezes (id),
  reason TEXT,
  "by" INTEGER,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX subscription_days_by_subscription ON subscription_days (subscription);

-- Closures whose days are added to running subscriptions of the centre (SPEC S12): local days since 1970, and up to which subscription that is
-- done. The tick deletes nothing here, so that a day closed twice is added once.
CREATE TABLE closed_days (
  closure INTEGER PRIMARY KEY REFERENCES closures (id),
  centre INTEGER NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  done_up_to INTEGER
) STRICT;
CREATE INDEX closed_days_by_centre ON closed_days (centre);
CREATE INDEX closed_days_due ON closed_days (closure) WHERE done_up_to IS NOT NULL;

-- What was told of a subscription, so that each cause is told once (SPEC V9).
CREATE TABLE subscription_notices (
  subscription INTEGER NOT NULL REFERENCES subscriptions (id),
  kind INTEGER NOT NULL,
  cause INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (subscription, kind, cause)
) STRICT, WITHOUT ROWID;

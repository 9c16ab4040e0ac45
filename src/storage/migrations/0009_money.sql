-- The ledger, orders, payments and the till. Amounts are minor units of the currency of the row's centre.

-- One account of each kind and centre, of balances one for each client (`holder`, else 0). `balance` is the sum of its
-- postings: debit is above zero.
CREATE TABLE ledger_accounts (
  id INTEGER PRIMARY KEY,
  centre INTEGER NOT NULL REFERENCES centres (id),
  kind INTEGER NOT NULL,
  holder INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  credit_limit INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX ledger_accounts_by_kind ON ledger_accounts (centre, kind, holder);
CREATE INDEX ledger_accounts_by_holder ON ledger_accounts (holder) WHERE holder <> 0;

-- Movements and their sides, which sum to zero. Rows are only ever added (SPEC M1). Ids grow with time, so that a
-- period is a range of ids. `client`: whose balance it moves, for statements.
CREATE TABLE ledger_entries (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  centre INTEGER NOT NULL,
  "order" INTEGER,
  payment INTEGER,
  client INTEGER,
  units INTEGER,
  reverses INTEGER
) STRICT;
CREATE INDEX ledger_entries_by_order ON ledger_entries ("order") WHERE "order" IS NOT NULL;
CREATE INDEX ledger_entries_by_client ON ledger_entries (client, id) WHERE client IS NOT NULL;
CREATE UNIQUE INDEX ledger_entries_reversed ON ledger_entries (reverses) WHERE reverses IS NOT NULL;

-- What was written about a movement. Apart, since it goes when a person is erased, and the movement stays.
CREATE TABLE ledger_memos (
  entry INTEGER PRIMARY KEY REFERENCES ledger_entries (id),
  memo TEXT NOT NULL
) STRICT;

CREATE TABLE postings (
  entry INTEGER NOT NULL REFERENCES ledger_entries (id),
  line INTEGER NOT NULL,
  account INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (entry, line)
) STRICT, WITHOUT ROWID;

-- total = paid − refunded + owed, always (SPEC M3). `due_at`: the next date by which something must be paid.
-- `top_up_due`: what goes to the payer's balance once all is paid.
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  payer INTEGER REFERENCES clients (id),
  guest_name TEXT,
  guest_email TEXT,
  guest_phone TEXT,
  seller INTEGER REFERENCES accounts (id),
  channel INTEGER NOT NULL,
  total INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  owed INTEGER NOT NULL,
  deposit INTEGER,
  deposit_by INTEGER,
  pay_by INTEGER,
  due_at INTEGER,
  top_up_due INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX orders_by_centre ON orders (centre, id);
CREATE INDEX orders_by_payer ON orders (payer, id) WHERE payer IS NOT NULL;
CREATE INDEX orders_owing ON orders (payer, centre) WHERE owed > 0;
CREATE INDEX orders_of_guests ON orders (centre, created_at)
  WHERE guest_name IS NOT NULL OR guest_email IS NOT NULL OR guest_phone IS NOT NULL;
CREATE INDEX orders_due ON orders (due_at) WHERE due_at IS NOT NULL;

-- The id is the order's times 1000 plus the line's number, so that lines need no index of their own.
CREATE TABLE order_lines (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  text TEXT NOT NULL,
  session INTEGER,
  booking INTEGER,
  place INTEGER,
  ticket_type INTEGER,
  seat_category TEXT,
  quantity INTEGER NOT NULL,
  price INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  total INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  tax_basis_points INTEGER NOT NULL,
  refundable INTEGER NOT NULL,
  discounts TEXT,
  returned INTEGER NOT NULL,
  struck INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

-- The id is the order's times 1000 plus the payment's number. `unapplied`: what no order takes, since it came too late.
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL,
  client INTEGER,
  method INTEGER NOT NULL,
  status INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  unapplied INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  provider TEXT,
  external_ref TEXT,
  shift INTEGER,
  account INTEGER,
  late INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  completed_at INTEGER,
  voided_at INTEGER
) STRICT;
CREATE UNIQUE INDEX payments_by_ref ON payments (provider, external_ref)
  WHERE provider IS NOT NULL AND external_ref IS NOT NULL;
CREATE INDEX payments_by_shift ON payments (shift) WHERE shift IS NOT NULL;
CREATE INDEX payments_unapplied ON payments (completed_at) WHERE unapplied > 0;

-- What providers told, by their own keys: a second telling changes nothing (SPEC M4). A refund told before its payment
-- is kept with `applied_at` empty.
CREATE TABLE provider_events (
  provider TEXT NOT NULL,
  event TEXT NOT NULL,
  payment INTEGER NOT NULL REFERENCES payments (id),
  outcome INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  at INTEGER NOT NULL,
  applied_at INTEGER,
  PRIMARY KEY (provider, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX provider_events_by_payment ON provider_events (payment);

-- One row for each payment that is given back, in whole or part. Status 1 is due: what the host works off.
CREATE TABLE refunds (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  "order" INTEGER NOT NULL REFERENCES orders (id),
  payment INTEGER NOT NULL REFERENCES payments (id),
  centre INTEGER NOT NULL,
  client INTEGER,
  amount INTEGER NOT NULL,
  method INTEGER NOT NULL,
  "to" INTEGER NOT NULL,
  status INTEGER NOT NULL,
  reason TEXT,
  provider TEXT,
  external_ref TEXT,
  problem TEXT,
  shift INTEGER,
  account INTEGER,
  created_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT;
CREATE INDEX refunds_by_order ON refunds ("order");
CREATE INDEX refunds_by_shift ON refunds (shift) WHERE shift IS NOT NULL;
CREATE INDEX refunds_due ON refunds (id) WHERE status = 1;

-- What cash or a card's money was for, by line: how the line's share of its order's money changed with a payment that
-- came within a shift, or (`refund` is not 0) with a refund of one (SPEC M7).
CREATE TABLE line_flows (
  payment INTEGER NOT NULL,
  refund INTEGER NOT NULL,
  line INTEGER NOT NULL,
  gross INTEGER NOT NULL,
  tax INTEGER NOT NULL,
  PRIMARY KEY (payment, refund, line)
) STRICT, WITHOUT ROWID;

-- Invoices and credit notes: gapless within centre, year and kind (SPEC M6).
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  label TEXT NOT NULL,
  "order" INTEGER NOT NULL REFERENCES orders (id),
  client INTEGER REFERENCES clients (id),
  corrects INTEGER REFERENCES invoices (id),
  total TEXT NOT NULL,
  tax TEXT NOT NULL,
  seller TEXT NOT NULL,
  buyer TEXT,
  lines TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  issued_on INTEGER NOT NULL,
  erase_at INTEGER,
  UNIQUE (centre, kind, year, number)
) STRICT;
CREATE INDEX invoices_by_order ON invoices ("order");
CREATE INDEX invoices_by_client ON invoices (client) WHERE client IS NOT NULL;
CREATE INDEX invoices_to_erase ON invoices (erase_at) WHERE erase_at IS NOT NULL;

-- Status 0 is waiting: what the host claims. Without an order: of a balance that was paid out.
CREATE TABLE receipts (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL,
  "order" INTEGER REFERENCES orders (id),
  payment INTEGER REFERENCES payments (id),
  refund INTEGER REFERENCES refunds (id),
  amount INTEGER NOT NULL,
  status INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  number TEXT,
  problem TEXT,
  created_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX receipts_waiting ON receipts (next_at) WHERE status = 0;
CREATE INDEX receipts_by_order ON receipts ("order");

-- Cash shifts. A till has one that is open, and so has a member of staff at a centre (`holder`: account, else 0).
CREATE TABLE shifts (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  till TEXT NOT NULL,
  till_folded TEXT NOT NULL,
  number INTEGER NOT NULL,
  holder INTEGER NOT NULL,
  opened_with INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  closed_by INTEGER REFERENCES accounts (id),
  counted INTEGER,
  difference INTEGER,
  note TEXT,
  z TEXT,
  UNIQUE (centre, till_folded, number)
) STRICT;
CREATE UNIQUE INDEX shifts_open_tills ON shifts (centre, till_folded) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX shifts_open_holders ON shifts (centre, holder) WHERE closed_at IS NULL;

-- What came and went in a till beside payments and refunds.
CREATE TABLE cash_moves (
  id INTEGER PRIMARY KEY,
  shift INTEGER NOT NULL REFERENCES shifts (id),
  amount INTEGER NOT NULL,
  account INTEGER NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX cash_moves_by_shift ON cash_moves (shift);

-- Terms with partners' centres, and what was settled by them (SPEC M9).
CREATE TABLE partner_terms (
  centre INTEGER PRIMARY KEY REFERENCES centres (id),
  version INTEGER NOT NULL,
  seller INTEGER NOT NULL,
  share_basis_points INTEGER NOT NULL,
  amount_per_visit TEXT NOT NULL,
  keeps_cash INTEGER NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;

-- `first_entry` to `last_entry`: what it covers of the ledger.
CREATE TABLE settlements (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  centre INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL,
  status INTEGER NOT NULL,
  figures TEXT NOT NULL,
  terms TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  paid_at INTEGER,
  external_ref TEXT,
  reversed_at INTEGER,
  reason TEXT,
  last_entry INTEGER NOT NULL DEFAULT 0,
  entry INTEGER,
  payout_entry INTEGER,
  UNIQUE (centre, number)
) STRICT;

-- The outbox and the texts that were edited.

-- `content` is subject and body sealed with the file's secret; it is emptied once the message needs it no more.
-- `claim` is the digest of the claim that leased the message last, `outcome` what that claim reported.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  cause TEXT UNIQUE,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL,
  account INTEGER REFERENCES accounts (id),
  client INTEGER REFERENCES clients (id),
  address TEXT NOT NULL,
  language TEXT NOT NULL,
  content BLOB,
  urgency INTEGER NOT NULL,
  status INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  lease_until INTEGER,
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  finished_at INTEGER,
  last_error TEXT,
  claim BLOB,
  outcome INTEGER
) STRICT;
-- What is due (pending 0, claimed 1), and what will have to be emptied (also sent 2): never more than the open messages.
CREATE INDEX outbox_due ON outbox (urgency, id) WHERE status < 2;
CREATE INDEX outbox_open ON outbox (expires_at) WHERE content IS NOT NULL;
CREATE INDEX outbox_open_by_account ON outbox (account, purpose) WHERE status < 2;
CREATE INDEX outbox_by_account ON outbox (account) WHERE account IS NOT NULL;
CREATE INDEX outbox_by_client ON outbox (client) WHERE client IS NOT NULL;

CREATE TABLE templates (
  key TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by INTEGER REFERENCES accounts (id),
  PRIMARY KEY (key, language)
) STRICT, WITHOUT ROWID;

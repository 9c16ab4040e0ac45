-- Accounts, how they sign in, what they may do, and who stands how to whom.

-- `email_folded` and `login_folded` make both unique whatever the case; `search` and `sort_key` are folded (SPEC E18).
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  client INTEGER UNIQUE REFERENCES clients (id),
  centre INTEGER REFERENCES centres (id),
  email TEXT,
  login TEXT,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  status INTEGER NOT NULL,
  email_verified_at INTEGER,
  created_at INTEGER NOT NULL,
  last_sign_in_at INTEGER,
  email_folded TEXT UNIQUE,
  login_folded TEXT UNIQUE,
  search TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX accounts_by_name ON accounts (sort_key, id);
CREATE INDEX accounts_by_centre ON accounts (centre) WHERE centre IS NOT NULL;

-- Apart from the account, so that no list of accounts comes near a secret. `totp_seed` is sealed; it counts from
-- `totp_enabled_at` on. No step up to `totp_step` is accepted again.
CREATE TABLE credentials (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  password_hash TEXT,
  password_changed_at INTEGER,
  totp_seed BLOB,
  totp_enabled_at INTEGER,
  totp_step INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE recovery_codes (
  account INTEGER NOT NULL REFERENCES accounts (id),
  digest BLOB NOT NULL,
  PRIMARY KEY (account, digest)
) STRICT, WITHOUT ROWID;

-- Tokens sent out for one purpose each; one of a purpose lives for an account. `address` is where it went.
CREATE TABLE one_time_tokens (
  account INTEGER NOT NULL REFERENCES accounts (id),
  purpose INTEGER NOT NULL,
  digest BLOB NOT NULL UNIQUE,
  address TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (account, purpose)
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_tokens_by_end ON one_time_tokens (expires_at);

-- Sign-ins whose password was right and that wait for a second factor.
CREATE TABLE challenges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (id),
  digest BLOB NOT NULL UNIQUE,
  device TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX challenges_by_account ON challenges (account);
CREATE INDEX challenges_by_end ON challenges (expires_at);

-- The e-mail code that counts for an account, whichever challenge it answers: a new one takes the place of the older, so guessing
-- is bounded by account, not by challenge.
CREATE TABLE sign_in_codes (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  digest BLOB NOT NULL,
  sent_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL
) STRICT;

-- When codes and tokens were sent, for the limits a minute and an hour.
CREATE TABLE code_sends (
  account INTEGER NOT NULL REFERENCES accounts (id),
  purpose INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (account, purpose, sent_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX code_sends_by_age ON code_sends (sent_at);

-- Failed attempts by name, account or origin (`kind`); `key` is a keyed digest, so that names tried are not kept.
CREATE TABLE attempts (
  kind INTEGER NOT NULL,
  key BLOB NOT NULL,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_by_age ON attempts (last_at);

CREATE TABLE sign_in_sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (id),
  digest BLOB NOT NULL UNIQUE,
  origin TEXT NOT NULL,
  device TEXT NOT NULL,
  second_factor INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_sessions_by_account ON sign_in_sessions (account);
CREATE INDEX sign_in_sessions_by_end ON sign_in_sessions (expires_at);
CREATE INDEX sign_in_sessions_by_use ON sign_in_sessions (last_used_at);

-- The refresh tokens of a session, one after the other. A used one is kept so that its reuse shows.
CREATE TABLE refresh_tokens (
  session INTEGER NOT NULL REFERENCES sign_in_sessions (id) ON DELETE CASCADE,
  digest BLOB NOT NULL UNIQUE,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (session, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);

-- Permissions of ready roles come with the library; `permissions` is what a custom role holds.
CREATE TABLE roles (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  ready INTEGER NOT NULL,
  second_factor INTEGER NOT NULL,
  permissions TEXT NOT NULL,
  archived_at INTEGER,
  name_folded TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO roles (id, version, name, description, ready, second_factor, permissions, name_folded)
VALUES
  (1, 1, 'Admin', 'Runs the whole platform.', 1, 1, '[]', 'admin'),
  (2, 1, 'Moderator', 'Looks after clients and what they write.', 1, 1, '[]', 'moderator'),
  (3, 1, 'Salesman', 'Works at the front desk.', 1, 0, '[]', 'salesman'),
  (4, 1, 'Customer', 'Everyone who registers.', 1, 0, '[]', 'customer'),
  (5, 1, 'Partner', 'Manages a centre of their own.', 1, 0, '[]', 'partner'),
  (6, 1, 'Trainer', 'Leads sessions.', 1, 0, '[]', 'trainer');

CREATE TABLE role_grants (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  account INTEGER NOT NULL REFERENCES accounts (id),
  role INTEGER NOT NULL REFERENCES roles (id),
  centre INTEGER REFERENCES centres (id),
  active INTEGER NOT NULL,
  granted_by INTEGER REFERENCES accounts (id),
  granted_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX role_grants_by_account ON role_grants (account) WHERE revoked_at IS NULL;
CREATE INDEX role_grants_by_role ON role_grants (role) WHERE revoked_at IS NULL;
CREATE INDEX role_grants_by_centre ON role_grants (centre, account) WHERE revoked_at IS NULL;

-- An account is none where the host made the key.
CREATE TABLE api_keys (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  account INTEGER REFERENCES accounts (id),
  name TEXT NOT NULL,
  permissions TEXT NOT NULL,
  centre INTEGER REFERENCES centres (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  last_used_at INTEGER,
  digest BLOB NOT NULL UNIQUE
) STRICT;
CREATE INDEX api_keys_by_account ON api_keys (account);

-- What scopes rest on (SPEC A7): guardians and their dependants, centres of clients, clients assigned to staff.
CREATE TABLE guardians (
  guardian INTEGER NOT NULL REFERENCES clients (id),
  dependant INTEGER NOT NULL REFERENCES clients (id),
  PRIMARY KEY (guardian, dependant)
) STRICT, WITHOUT ROWID;
CREATE INDEX guardians_by_dependant ON guardians (dependant);

CREATE TABLE client_centres (
  client INTEGER NOT NULL REFERENCES clients (id),
  centre INTEGER NOT NULL REFERENCES centres (id),
  PRIMARY KEY (client, centre)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_centres_by_centre ON client_centres (centre);

CREATE TABLE assignments (
  account INTEGER NOT NULL REFERENCES accounts (id),
  client INTEGER NOT NULL REFERENCES clients (id),
  PRIMARY KEY (account, client)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignments_by_client ON assignments (client);

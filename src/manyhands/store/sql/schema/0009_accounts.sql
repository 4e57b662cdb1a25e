-- revision: how often the profile was changed, plus 1, so that whoever remembers a profile sees that it is old.
-- country_changed, birth_changed: when what had been told was last told otherwise.
ALTER TABLE worker ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE worker ADD COLUMN country_changed BIGINT;
ALTER TABLE worker ADD COLUMN birth_changed BIGINT;

-- Links that let people in. Their codes are random and long, so the SHA-256 digest is all that is kept of them. max_uses, until NULL: without end.
CREATE TABLE invitation (
    digest TEXT PRIMARY KEY,
    requester TEXT NOT NULL,
    label TEXT NOT NULL,
    pool_id BIGINT REFERENCES pool (id),
    skill_id BIGINT REFERENCES skill (id),
    created BIGINT NOT NULL,
    until BIGINT,
    max_uses BIGINT,
    use_count BIGINT NOT NULL,
    revoked BIGINT
) {clustered};
CREATE INDEX invitation_of_requester ON invitation (requester, created);
INSERT INTO invitation (digest, requester, label, created, use_count, revoked)
SELECT digest, owner, label, created, 0, revoked FROM access_token WHERE kind = 'invitation';
DELETE FROM access_token WHERE kind = 'invitation';

CREATE TABLE invitation_use (
    digest TEXT NOT NULL REFERENCES invitation (digest),
    worker_number BIGINT NOT NULL REFERENCES worker (number),
    used BIGINT NOT NULL,
    PRIMARY KEY (digest, worker_number)
) {clustered};

-- Sessions are tokens of workers that a browser keeps in a cookie; used: when a session or a key was last seen, about an hour exact.
ALTER TABLE access_token ADD COLUMN is_session BIGINT NOT NULL DEFAULT 0;
ALTER TABLE access_token ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE access_token ADD COLUMN used BIGINT;
UPDATE access_token SET is_session = 1, used = created WHERE kind = 'worker' AND label IN ('joined', 'browser');

-- name_key: the name as names are compared; hash: Argon2id with its salt and parameters.
CREATE TABLE password (
    worker_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    changed BIGINT NOT NULL
) {clustered};

-- id, public_key: base64url without padding. site: the host name that the passkey is for.
CREATE TABLE passkey (
    id TEXT PRIMARY KEY,
    worker_id TEXT NOT NULL,
    site TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sign_count BIGINT NOT NULL,
    label TEXT NOT NULL,
    created BIGINT NOT NULL,
    used BIGINT
) {clustered};
CREATE INDEX passkey_of_worker ON passkey (worker_id, created);

-- What a passkey is asked to sign, once and soon. worker_id: whose passkey is made; empty where any passkey may answer.
CREATE TABLE passkey_challenge (
    digest TEXT PRIMARY KEY,
    worker_id TEXT NOT NULL,
    is_for_new BIGINT NOT NULL,
    until BIGINT NOT NULL
) {clustered};
CREATE INDEX passkey_challenge_until ON passkey_challenge (until);

-- Passwords that were tried, by whom they were for and where they came from; subject is a digest, for people type passwords into the wrong field.
CREATE TABLE sign_in_attempt (
    subject TEXT PRIMARY KEY,
    attempt_count BIGINT NOT NULL,
    until BIGINT NOT NULL
) {clustered};
CREATE INDEX sign_in_attempt_until ON sign_in_attempt (until);

CREATE TABLE consent (
    worker_id TEXT NOT NULL,
    version TEXT NOT NULL,
    agreed BIGINT NOT NULL,
    PRIMARY KEY (worker_id, version)
) {clustered};

-- name: create_session
INSERT INTO access_token (digest, kind, owner, label, created, is_session, device, used)
VALUES (:digest, 'worker', :worker_id, 'session', :now, 1, :device, :now)

-- name: note_token_use
UPDATE access_token SET used = :now WHERE digest = :digest

-- name: list_sessions
SELECT digest, device, created, used FROM access_token
WHERE owner = :worker_id AND is_session = 1 AND used > :idle_since ORDER BY created, digest

-- name: remove_session
DELETE FROM access_token WHERE owner = :worker_id AND is_session = 1 AND substr(digest, 1, 12) = :id
RETURNING digest

-- name: remove_session_of_token
DELETE FROM access_token WHERE digest = :digest AND is_session = 1

-- name: remove_other_sessions
DELETE FROM access_token WHERE owner = :worker_id AND is_session = 1 AND digest <> :kept

-- name: remove_idle_sessions
DELETE FROM access_token WHERE owner = :worker_id AND is_session = 1 AND used <= :idle_since

-- name: list_worker_keys
SELECT digest, label, created, used FROM access_token
WHERE owner = :worker_id AND kind = 'worker' AND is_session = 0 AND revoked IS NULL ORDER BY created, digest

-- name: revoke_worker_key
UPDATE access_token SET revoked = :now
WHERE owner = :worker_id AND kind = 'worker' AND is_session = 0 AND revoked IS NULL AND substr(digest, 1, 12) = :id
RETURNING digest

-- name: create_password
INSERT INTO password (worker_id, name, name_key, hash, changed) VALUES (:worker_id, :name, :name_key, :hash, :now)
ON CONFLICT DO NOTHING
RETURNING worker_id

-- name: find_password
SELECT name, name_key, hash, changed FROM password WHERE worker_id = :worker_id

-- name: find_password_by_name
SELECT worker_id, hash FROM password WHERE name_key = :name_key

-- name: replace_password_hash
UPDATE password SET hash = :hash, changed = :now WHERE worker_id = :worker_id AND hash = :old_hash
RETURNING worker_id

-- name: renew_password_hash
UPDATE password SET hash = :hash WHERE worker_id = :worker_id AND hash = :old_hash

-- name: remove_password
DELETE FROM password WHERE worker_id = :worker_id

-- name: create_passkey
INSERT INTO passkey (id, worker_id, site, public_key, sign_count, label, created)
VALUES (:id, :worker_id, :site, :public_key, :sign_count, :label, :now)
ON CONFLICT DO NOTHING
RETURNING id

-- name: find_passkey
SELECT id, worker_id, site, public_key, sign_count FROM passkey WHERE id = :id

-- name: list_passkeys
SELECT id, site, label, created, used FROM passkey WHERE worker_id = :worker_id ORDER BY created, id

-- name: note_passkey_use
UPDATE passkey SET sign_count = :sign_count, used = :now WHERE id = :id AND sign_count = :old_count
RETURNING id

-- name: remove_passkey
DELETE FROM passkey WHERE id = :id AND worker_id = :worker_id
RETURNING id

-- name: create_passkey_challenge
INSERT INTO passkey_challenge (digest, worker_id, is_for_new, until) VALUES (:digest, :worker_id, :is_for_new, :until)

-- name: take_passkey_challenge
DELETE FROM passkey_challenge WHERE digest = :digest
RETURNING worker_id, is_for_new, until

-- name: remove_old_passkey_challenges
DELETE FROM passkey_challenge WHERE until <= :now

-- name: count_sign_in_attempt
INSERT INTO sign_in_attempt (subject, attempt_count, until) VALUES (:subject, 1, :until)
ON CONFLICT (subject) DO UPDATE SET
    attempt_count = CASE WHEN sign_in_attempt.until <= :now THEN 1 ELSE sign_in_attempt.attempt_count + 1 END,
    until = CASE WHEN sign_in_attempt.until <= :now THEN :until ELSE sign_in_attempt.until END
RETURNING attempt_count, until

-- name: forgive_sign_in_attempt
UPDATE sign_in_attempt SET attempt_count = attempt_count - 1 WHERE subject = :subject AND attempt_count > 0

-- name: remove_old_sign_in_attempts
DELETE FROM sign_in_attempt WHERE until <= :now

-- name: add_consent
INSERT INTO consent (worker_id, version, agreed) VALUES (:worker_id, :version, :now)
ON CONFLICT DO NOTHING

-- name: find_consent
SELECT agreed FROM consent WHERE worker_id = :worker_id AND version = :version

-- name: create_requester_account
INSERT INTO requester_account (requester, name, created, credit) VALUES (:requester, :name, :created, 0)
ON CONFLICT DO NOTHING

-- name: find_requester_account
SELECT requester, name, created, credit FROM requester_account WHERE requester = :requester

-- name: list_requester_accounts
SELECT requester, name, created, credit FROM requester_account ORDER BY created, requester

-- name: change_requester_credit
UPDATE requester_account SET credit = credit + :amount WHERE requester = :requester RETURNING credit

-- name: find_requester_costs
SELECT
    (SELECT COALESCE(SUM(paid), 0) FROM pool WHERE requester = :requester) AS pools,
    (SELECT COALESCE(SUM(amount + fee), 0) FROM bonus WHERE requester = :requester AND pool_id IS NULL) AS bonuses

-- name: create_access_token
INSERT INTO access_token (digest, kind, owner, label, created) VALUES (:digest, :kind, :owner, :label, :created)
ON CONFLICT DO NOTHING

-- name: find_access_token
SELECT digest, kind, owner, label, created, revoked, is_session, used FROM access_token WHERE digest = :digest

-- name: list_access_tokens
SELECT digest, kind, owner, label, created, revoked FROM access_token WHERE owner = :owner ORDER BY created, digest

-- name: revoke_access_token
UPDATE access_token SET revoked = :now WHERE substr(digest, 1, 12) = :token_id AND revoked IS NULL RETURNING digest

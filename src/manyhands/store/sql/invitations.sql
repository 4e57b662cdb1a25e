-- name: create_invitation
INSERT INTO invitation (digest, requester, label, pool_id, skill_id, created, until, max_uses, use_count)
VALUES (:digest, :requester, :label, :pool_id, :skill_id, :created, :until, :max_uses, 0)

-- name: find_invitation
SELECT digest, label, pool_id, skill.name AS skill_name, skill_id, invitation.created, until, max_uses, use_count, revoked
FROM invitation LEFT JOIN skill ON skill.id = invitation.skill_id WHERE digest = :digest

-- name: list_invitations
SELECT digest, label, pool_id, skill.name AS skill_name, skill_id, invitation.created, until, max_uses, use_count, revoked
FROM invitation LEFT JOIN skill ON skill.id = invitation.skill_id
WHERE invitation.requester = :requester ORDER BY invitation.created, digest

-- name: revoke_invitation
UPDATE invitation SET revoked = COALESCE(revoked, :now)
WHERE requester = :requester AND substr(digest, 1, 12) = :id
RETURNING digest

-- name: add_invitation_use
INSERT INTO invitation_use (digest, worker_number, used) VALUES (:digest, :worker_number, :now)
ON CONFLICT DO NOTHING
RETURNING digest

-- name: count_invitation_use
UPDATE invitation SET use_count = use_count + 1
WHERE digest = :digest AND revoked IS NULL AND (until IS NULL OR until > :now)
    AND (max_uses IS NULL OR use_count < max_uses)
RETURNING use_count

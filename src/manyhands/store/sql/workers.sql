-- name: create_worker
INSERT INTO worker (number, id, created, profile) VALUES (:number, :id, :created, :profile)
ON CONFLICT DO NOTHING

-- name: find_worker
SELECT number, id, created, profile, revision, country_changed, birth_changed FROM worker WHERE id = :id

-- name: lock_worker
UPDATE worker SET revision = revision + 1 WHERE id = :id
RETURNING number, id, created, profile, revision, country_changed, birth_changed

-- name: write_worker_profile
UPDATE worker SET profile = :profile, country_changed = :country_changed, birth_changed = :birth_changed
WHERE number = :number

-- name: hold_worker
SELECT number FROM worker WHERE number = :number {locked}

-- name: create_skill
INSERT INTO skill (id, requester, name, created, is_hidden, lifetime, is_training, foreign_fields)
VALUES (:id, :requester, :name, :created, :is_hidden, :lifetime, :is_training, :foreign_fields)
ON CONFLICT DO NOTHING

-- name: change_skill
UPDATE skill SET name = :name, is_hidden = :is_hidden, lifetime = :lifetime, foreign_fields = :foreign_fields
WHERE id = :id

-- name: find_skill_by_name
SELECT id, name, created, is_hidden, lifetime, is_training, foreign_fields FROM skill
WHERE requester = :requester AND name = :name

-- name: find_skill
SELECT id, requester, name, created, is_hidden, lifetime, is_training, foreign_fields FROM skill WHERE id = :id

-- name: list_own_skills
SELECT id, name, created, is_hidden, lifetime, is_training, foreign_fields FROM skill
WHERE requester = :requester ORDER BY id

-- name: put_worker_skill
INSERT INTO worker_skill (worker_number, skill_id, value, created, modified)
VALUES (:worker_number, :skill_id, :value, :now, :now)
ON CONFLICT (worker_number, skill_id) DO UPDATE SET value = :value, modified = :now, expires = NULL

-- name: remove_worker_skill
DELETE FROM worker_skill WHERE worker_number = :worker_number AND skill_id = :skill_id

-- name: list_worker_skills
SELECT worker_skill.skill_id, worker_skill.value, worker_skill.created, worker_skill.modified FROM worker_skill
JOIN skill ON skill.id = worker_skill.skill_id
WHERE worker_skill.worker_number = :worker_number AND skill.requester = :requester
    AND (skill.lifetime IS NULL OR worker_skill.modified + skill.lifetime > :now)
    AND (worker_skill.expires IS NULL OR worker_skill.expires > :now)
ORDER BY worker_skill.skill_id

-- name: list_skill_values
SELECT worker.id AS worker_id, worker_skill.skill_id, worker_skill.value, worker_skill.created, worker_skill.modified
FROM worker_skill JOIN skill ON skill.id = worker_skill.skill_id
JOIN worker ON worker.number = worker_skill.worker_number
WHERE worker_skill.skill_id = :skill_id
    AND (skill.lifetime IS NULL OR worker_skill.modified + skill.lifetime > :now)
    AND (worker_skill.expires IS NULL OR worker_skill.expires > :now)
ORDER BY worker.number

-- name: create_restriction
INSERT INTO restriction (
    id, requester, key, worker_number, scope, pool_id, project_id, created, until, private_comment, tally_scope
) VALUES (
    :id, :requester, :key, :worker_number, :scope, :pool_id, :project_id, :created, :until, :private_comment,
    :tally_scope
)
ON CONFLICT DO NOTHING

-- name: find_restriction_by_key
SELECT restriction.id, requester, worker.id AS worker_id, worker_number, scope, pool_id, project_id,
    restriction.created, until, private_comment, tally_scope
FROM restriction JOIN worker ON worker.number = restriction.worker_number
WHERE requester = :requester AND key = :key

-- name: find_restriction
SELECT restriction.id, requester, worker.id AS worker_id, worker_number, scope, pool_id, project_id,
    restriction.created, until, private_comment, tally_scope
FROM restriction JOIN worker ON worker.number = restriction.worker_number WHERE restriction.id = :id

-- name: list_restrictions_in_place
SELECT id, worker_number, tally_scope FROM restriction
WHERE worker_number = :worker_number AND requester = :requester AND scope = :scope
    AND COALESCE(pool_id, 0) = :pool_id AND COALESCE(project_id, 0) = :project_id AND (until IS NULL OR until > :now)
ORDER BY id

-- name: change_restriction
UPDATE restriction SET until = :until, private_comment = :private_comment WHERE id = :id

-- name: find_restriction_by_rule
SELECT id FROM restriction
WHERE worker_number = :worker_number AND tally_scope = :tally_scope AND (until IS NULL OR until > :now)

-- name: end_restriction
UPDATE restriction SET until = :now WHERE id = :id

-- name: list_restrictions
SELECT restriction.id, requester, worker.id AS worker_id, worker_number, scope, pool_id, project_id,
    restriction.created, until, private_comment, tally_scope
FROM restriction JOIN worker ON worker.number = restriction.worker_number
WHERE requester = :requester ORDER BY restriction.id

-- name: list_restrictions_of_worker
SELECT restriction.id, requester, worker.id AS worker_id, worker_number, scope, pool_id, project_id,
    restriction.created, until, private_comment, tally_scope
FROM restriction JOIN worker ON worker.number = restriction.worker_number
WHERE worker_number = :worker_number AND requester = :requester ORDER BY restriction.id

-- name: find_exclusive_pool
SELECT pool_id FROM exclusive_member
WHERE requester = :requester AND exclusive_group = :exclusive_group AND worker_number = :worker_number

-- name: join_exclusive_group
INSERT INTO exclusive_member (requester, exclusive_group, worker_number, pool_id)
VALUES (:requester, :exclusive_group, :worker_number, :pool_id)
ON CONFLICT DO NOTHING

-- name: find_worker_standing
SELECT revision, (
    SELECT scope FROM restriction
    WHERE worker_number = worker.number AND requester = :requester AND (until IS NULL OR until > :now)
        AND (
            scope = 'ALL_PROJECTS'
            OR (scope = 'PROJECT' AND project_id = :project_id)
            OR (scope = 'POOL' AND pool_id = :pool_id)
        )
    LIMIT 1
) AS restriction_scope
FROM worker WHERE number = :worker_number

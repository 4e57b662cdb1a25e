-- name: list_own_projects
SELECT id, key, status, created FROM project WHERE requester = :requester ORDER BY id

-- name: find_own_project
SELECT id, key FROM project WHERE requester = :requester AND id = :id

-- name: list_own_pools
SELECT id, project_id, status, created, last_started FROM pool WHERE requester = :requester ORDER BY id

-- name: list_own_skills
SELECT id, name, created, is_hidden FROM skill WHERE requester = :requester ORDER BY id

-- name: list_own_bonuses
SELECT bonus.id, worker.id AS worker_id, assignment_id, amount, bonus.created, private_comment, public_message,
    foreign_fields
FROM bonus JOIN worker ON worker.number = bonus.worker_number WHERE requester = :requester ORDER BY bonus.id

-- name: list_holders_of_skill
SELECT worker.id AS worker_id FROM worker_skill JOIN worker ON worker.number = worker_skill.worker_number
WHERE skill_id = :skill_id ORDER BY worker.number

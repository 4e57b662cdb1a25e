-- name: lock_tally
INSERT INTO tally (worker_number, scope, total, hits, history, since)
VALUES (:worker_number, :scope, 0, 0, NULL, 0)
ON CONFLICT (worker_number, scope) DO UPDATE SET total = tally.total
RETURNING total, hits, history, since

-- name: write_tally
UPDATE tally SET total = :total, hits = :hits, history = :history, since = :since
WHERE worker_number = :worker_number AND scope = :scope

-- name: add_answer
INSERT INTO answer (task_id, worker_number, signature) VALUES (:task_id, :worker_number, :signature)

-- name: list_answers
SELECT worker_number, signature FROM answer WHERE task_id = :task_id ORDER BY worker_number

-- name: note_agreement
INSERT INTO agreement (scope, task_id, worker_number) VALUES (:scope, :task_id, :worker_number)
ON CONFLICT DO NOTHING
RETURNING worker_number

-- name: sum_income
SELECT COALESCE(SUM(reward), 0) AS reward FROM assignment
WHERE worker_number = :worker_number AND id > :first_id AND id < :end_id AND status = 'ACCEPTED' AND accepted > :since

-- name: watch_access
INSERT INTO access_watch (requester, project_id, pool_id) VALUES (:requester, :project_id, :pool_id)
ON CONFLICT DO NOTHING

-- name: find_access_watch
SELECT pool_id FROM access_watch WHERE requester = :requester LIMIT 1

-- name: list_pools_that_watch_access
SELECT pool.id, pool.project_id FROM pool
WHERE pool.requester = :requester AND pool.status <> 'ARCHIVED'
    AND EXISTS (
        SELECT 1 FROM access_watch
        WHERE access_watch.requester = :requester AND access_watch.project_id = pool.project_id
            AND access_watch.pool_id IN (0, pool.id)
    )
    AND EXISTS (
        SELECT 1 FROM assignment
        WHERE assignment.worker_number = :worker_number AND assignment.pool_id = pool.id
            AND assignment.submitted IS NOT NULL
    )
ORDER BY pool.id

-- name: add_access_loss
INSERT INTO access_loss (pool_id, worker_number, reason, skill_id)
VALUES (:pool_id, :worker_number, :reason, :skill_id)

-- name: find_access_loss
SELECT access_loss.id, pool_id, worker_number, worker.id AS worker_id, reason, skill_id FROM access_loss
JOIN worker ON worker.number = access_loss.worker_number ORDER BY access_loss.id LIMIT 1

-- name: take_access_loss
DELETE FROM access_loss WHERE id = :id RETURNING id

-- name: list_pages_to_ask_again
SELECT id FROM assignment
WHERE worker_number = :worker_number AND id > :first_id AND id < :end_id AND status IN ('SUBMITTED', 'ACCEPTED')
    AND NOT EXISTS (
        SELECT 1 FROM asked_again WHERE asked_again.scope = :scope AND asked_again.assignment_id = assignment.id
    )
ORDER BY id

-- name: note_asked_again
INSERT INTO asked_again (scope, assignment_id) VALUES (:scope, :assignment_id)
ON CONFLICT DO NOTHING

-- name: put_vote
INSERT INTO vote (task_id, worker_number, labels) VALUES (:task_id, :worker_number, :labels)
ON CONFLICT (task_id, worker_number) DO UPDATE SET labels = :labels

-- name: note_grown
INSERT INTO grown_task (task_id) VALUES (:task_id)
ON CONFLICT DO NOTHING
RETURNING task_id

-- name: list_votes
SELECT vote.worker_number, vote.labels, worker_skill.value FROM vote
LEFT JOIN skill ON skill.id = :skill_id
LEFT JOIN worker_skill ON worker_skill.worker_number = vote.worker_number AND worker_skill.skill_id = skill.id
    AND (skill.lifetime IS NULL OR worker_skill.modified + skill.lifetime > :now)
    AND (worker_skill.expires IS NULL OR worker_skill.expires > :now)
WHERE vote.task_id = :task_id ORDER BY vote.worker_number

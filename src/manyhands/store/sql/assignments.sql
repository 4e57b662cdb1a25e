-- name: create_assignment
INSERT INTO assignment (
    id, pool_id, worker_number, status, reward, fee, reserved, bonus_reserved, task_numbers, suite_id, created, deadline,
    due, public_comment
) VALUES (
    :id, :pool_id, :worker_number, :status, :reward, :fee, :reserved, :bonus_reserved, :task_numbers, :suite_id, :created,
    :deadline, :deadline, ''
)

-- name: find_assignment
SELECT assignment.id AS assignment_id, assignment.pool_id, worker_number, worker.id AS worker_id, assignment.status,
    reward, fee, reserved, bonus_reserved, task_numbers, suite_id, solutions, assignment.created, deadline, due,
    submitted, accepted, rejected, skipped, expired, public_comment, first_solutions,
    (SELECT revision FROM pool WHERE pool.id = assignment.pool_id) AS pool_revision
FROM assignment JOIN worker ON worker.number = assignment.worker_number WHERE assignment.id = :id

-- name: find_assignment_in_hand
SELECT id, reward, task_numbers, created, deadline FROM assignment
WHERE pool_id = :pool_id AND worker_number = :worker_number AND status = 'ACTIVE'

-- name: count_pages_in_hand
SELECT COUNT(*) AS page_count FROM pool JOIN assignment ON assignment.pool_id = pool.id
WHERE pool.project_id = :project_id AND assignment.worker_number = :worker_number AND assignment.status = 'ACTIVE'

-- name: list_assignments
SELECT assignment.id AS assignment_id, assignment.pool_id, worker_number, worker.id AS worker_id, assignment.status,
    reward, fee, reserved, bonus_reserved, task_numbers, suite_id, solutions, assignment.created, deadline, due,
    submitted, accepted, rejected, skipped, expired, public_comment, first_solutions,
    (SELECT revision FROM pool WHERE pool.id = assignment.pool_id) AS pool_revision
FROM assignment JOIN worker ON worker.number = assignment.worker_number
WHERE assignment.id > :after AND assignment.id < :end_id ORDER BY assignment.id LIMIT :count

-- name: list_assignments_of_suite
SELECT assignment.id AS assignment_id, assignment.pool_id, worker_number, worker.id AS worker_id, assignment.status,
    reward, fee, reserved, bonus_reserved, task_numbers, suite_id, solutions, assignment.created, deadline, due,
    submitted, accepted, rejected, skipped, expired, public_comment, first_solutions,
    (SELECT revision FROM pool WHERE pool.id = assignment.pool_id) AS pool_revision
FROM assignment JOIN worker ON worker.number = assignment.worker_number
WHERE assignment.suite_id = :suite_id ORDER BY assignment.id

-- name: list_assignments_with_task
SELECT assignment.id AS assignment_id, assignment.pool_id, worker_number, worker.id AS worker_id, assignment.status,
    reward, fee, reserved, bonus_reserved, task_numbers, suite_id, solutions, assignment.created, deadline, due,
    submitted, accepted, rejected, skipped, expired, public_comment, first_solutions,
    (SELECT revision FROM pool WHERE pool.id = assignment.pool_id) AS pool_revision
FROM assignment JOIN worker ON worker.number = assignment.worker_number
WHERE assignment.id > :after AND assignment.id < :end_id
    AND ',' || substr(task_numbers, 2, length(task_numbers) - 2) || ',' LIKE :pattern
ORDER BY assignment.id LIMIT :count

-- name: list_assignments_in_review
SELECT id FROM assignment
WHERE pool_id = :pool_id AND worker_number = :worker_number AND status = 'SUBMITTED' ORDER BY id

-- name: list_assignments_with_bonus
SELECT id FROM assignment WHERE pool_id = :pool_id AND bonus_reserved > 0 ORDER BY id

-- name: find_latest_rejection
SELECT MAX(rejected) AS rejected FROM assignment WHERE id > :first_id AND id < :end_id AND status = 'REJECTED'

-- name: write_assignment
UPDATE assignment SET status = :status, reserved = :reserved, bonus_reserved = :bonus_reserved, solutions = :solutions,
    due = :due, submitted = :submitted, accepted = :accepted, rejected = :rejected, skipped = :skipped,
    expired = :expired, public_comment = :public_comment
WHERE id = :assignment_id

-- name: count_tasks_done_in_pool
SELECT COALESCE(SUM(LENGTH(task_numbers) - LENGTH(REPLACE(task_numbers, ',', '')) + 1), 0) AS task_count FROM assignment
WHERE worker_number = :worker_number AND id > :first_id AND id < :end_id AND submitted > :since

-- name: count_tasks_done_in_project
SELECT COALESCE(SUM(LENGTH(task_numbers) - LENGTH(REPLACE(task_numbers, ',', '')) + 1), 0) AS task_count FROM assignment
JOIN pool ON pool.id = assignment.pool_id
WHERE worker_number = :worker_number AND pool.project_id = :project_id AND submitted > :since

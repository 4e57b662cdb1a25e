-- name: list_own_pools
SELECT id, project_id, status, created, last_started FROM pool WHERE requester = :requester ORDER BY id

-- name: list_own_bonuses
SELECT bonus.id, worker.id AS worker_id, assignment_id, amount, bonus.created, private_comment, public_message,
    foreign_fields
FROM bonus JOIN worker ON worker.number = bonus.worker_number WHERE requester = :requester ORDER BY bonus.id

-- name: count_pages_of_pool
SELECT status, COUNT(*) AS page_count, SUM(reward) AS reward, AVG(submitted - created) AS mean_duration FROM assignment
WHERE id > :first_id AND id < :end_id GROUP BY status ORDER BY status

-- name: count_workers_of_pool
SELECT COUNT(DISTINCT worker_number) AS worker_count,
    COUNT(DISTINCT CASE WHEN submitted IS NOT NULL THEN worker_number END) AS submitter_count
FROM assignment WHERE id > :first_id AND id < :end_id

-- name: count_tasks_of_pool
SELECT COUNT(*) AS task_count,
    COALESCE(SUM(COALESCE(task_suite.overlap, task.overlap)), 0) AS wanted,
    COALESCE(SUM(COALESCE(task_suite.remaining, task.remaining)), 0) AS remaining
FROM task LEFT JOIN task_suite ON task_suite.id = task.suite_id
WHERE task.id > :first_id AND task.id < :end_id AND kind = 'real'
    AND COALESCE(task_suite.overlap, task.overlap) IS NOT NULL

-- name: list_assignments_by_status
SELECT id FROM assignment
WHERE id > :after AND id < :end_id AND replace(:statuses, status, '') <> :statuses ORDER BY id LIMIT :count

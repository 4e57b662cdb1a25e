-- name: create_task
INSERT INTO task (
    id, pool_id, key, kind, created, input_values, known_solutions, hint, suite_id, overlap, consumed, remaining, position,
    is_limited, foreign_fields
) VALUES (
    :id, :pool_id, :key, :kind, :created, :input_values, :known_solutions, :hint, :suite_id, :overlap, 0, :remaining,
    :position, :is_limited, :foreign_fields
)

-- name: add_task_access
INSERT INTO task_access (task_id, is_reserved, worker_id) VALUES (:task_id, :is_reserved, :worker_id)

-- name: find_task_by_key
SELECT id FROM task WHERE pool_id = :pool_id AND key = :key

-- name: find_task_content
SELECT id, key, kind, input_values, known_solutions, hint FROM task WHERE id = :id

-- name: list_tasks
SELECT task.id, task.key, kind, task.created, input_values, known_solutions, hint, task.is_limited, task.foreign_fields,
    COALESCE(task_suite.overlap, task.overlap) AS overlap, COALESCE(task_suite.remaining, task.remaining) AS remaining
FROM task LEFT JOIN task_suite ON task_suite.id = task.suite_id
WHERE task.id > :after AND task.id < :end_id ORDER BY task.id LIMIT :count

-- name: list_task_access
SELECT is_reserved, worker_id FROM task_access WHERE task_id = :task_id

-- name: find_task_overlap
SELECT id, kind, suite_id, overlap, consumed, remaining FROM task WHERE id = :id

-- name: set_task_overlap
UPDATE task SET overlap = :overlap, remaining = :remaining,
    position = CASE WHEN remaining > 0 THEN position ELSE :position END
WHERE id = :id

-- name: find_task_to_change
SELECT id, kind, known_solutions, hint, suite_id, overlap, consumed, remaining, position, foreign_fields FROM task
WHERE id = :id

-- name: change_task
UPDATE task SET kind = :kind, known_solutions = :known_solutions, hint = :hint, overlap = :overlap,
    remaining = :remaining, position = :position, foreign_fields = :foreign_fields
WHERE id = :id

-- name: list_candidates
SELECT task.id, task.position, task.overlap FROM task
WHERE task.pool_id = :pool_id AND task.kind = :kind AND task.remaining > 0 AND task.position > :cursor
    AND NOT EXISTS (
        SELECT 1 FROM issue WHERE issue.worker_number = :worker_number AND issue.task_id = task.id
    )
    AND (
        task.is_limited = 0
        OR (
            NOT EXISTS (
                SELECT 1 FROM task_access
                WHERE task_access.task_id = task.id AND is_reserved = 0 AND worker_id = :worker_id
            )
            AND (
                NOT EXISTS (
                    SELECT 1 FROM task_access WHERE task_access.task_id = task.id AND is_reserved = 1
                )
                OR EXISTS (
                    SELECT 1 FROM task_access
                    WHERE task_access.task_id = task.id AND is_reserved = 1 AND worker_id = :worker_id
                )
            )
        )
    )
ORDER BY task.position LIMIT :count

-- name: consume_task
UPDATE task SET consumed = consumed + 1, remaining = CASE WHEN overlap IS NULL THEN remaining ELSE remaining - 1 END
WHERE id = :id

-- name: release_task
UPDATE task SET consumed = consumed - 1,
    position = CASE WHEN remaining > 0 THEN position ELSE :position END,
    remaining = CASE WHEN overlap IS NULL THEN remaining ELSE remaining + 1 END
WHERE id = :id
RETURNING kind, overlap, position

-- name: add_issue
INSERT INTO issue (worker_number, task_id) VALUES (:worker_number, :task_id)

-- name: find_progress
SELECT real_cursor, control_cursor, control_lap, training_cursor FROM worker_progress
WHERE pool_id = :pool_id AND worker_number = :worker_number

-- name: put_progress
INSERT INTO worker_progress (pool_id, worker_number, real_cursor, control_cursor, control_lap, training_cursor)
VALUES (:pool_id, :worker_number, :real_cursor, :control_cursor, :control_lap, :training_cursor)
ON CONFLICT (pool_id, worker_number) DO UPDATE SET real_cursor = :real_cursor, control_cursor = :control_cursor,
    control_lap = :control_lap, training_cursor = :training_cursor

-- name: create_task_suite
INSERT INTO task_suite (
    id, pool_id, key, created, first_task_id, task_count, is_real, overlap, consumed, remaining, rank, place, arrival, is_limited,
    foreign_fields
) VALUES (
    :id, :pool_id, :key, :created, :first_task_id, :task_count, :is_real, :overlap, 0, :remaining, :rank, :place, :arrival,
    :is_limited, :foreign_fields
)

-- name: add_task_suite_access
INSERT INTO task_suite_access (suite_id, is_reserved, worker_id) VALUES (:suite_id, :is_reserved, :worker_id)

-- name: find_task_suite_by_key
SELECT id FROM task_suite WHERE pool_id = :pool_id AND key = :key

-- name: find_last_task_suite
SELECT MAX(id) AS id FROM task_suite WHERE id > :first_id AND id < :end_id

-- name: find_task_suite
SELECT id, key, created, first_task_id, task_count, is_real, overlap, consumed, remaining, rank, is_limited, foreign_fields
FROM task_suite WHERE id = :id

-- name: list_task_suites
SELECT id, key, created, first_task_id, task_count, is_real, overlap, consumed, remaining, rank, is_limited, foreign_fields
FROM task_suite WHERE id > :after AND id < :end_id ORDER BY id LIMIT :count

-- name: list_task_suite_access
SELECT is_reserved, worker_id FROM task_suite_access WHERE suite_id = :suite_id

-- name: count_assignments_of_suite
SELECT status, COUNT(*) AS page_count FROM assignment WHERE suite_id = :suite_id GROUP BY status ORDER BY status

-- name: find_suite_of_task
SELECT suite_id FROM task WHERE id = :id

-- name: find_real_task_suite
SELECT id FROM task_suite WHERE pool_id = :pool_id AND is_real = 1 LIMIT 1

-- name: find_real_task_of_suite
SELECT id FROM task WHERE id >= :first_task_id AND id < :first_task_id + :task_count AND kind = 'real' LIMIT 1

-- name: set_task_suite_kind
UPDATE task_suite SET is_real = :is_real WHERE id = :id

-- name: find_first_task_suite
SELECT task_count FROM task_suite WHERE id > :first_id AND id < :end_id ORDER BY id LIMIT 1

-- name: count_task_suites_of_pool
SELECT COALESCE(SUM(overlap), 0) AS wanted FROM task_suite WHERE id > :first_id AND id < :end_id

-- name: set_task_suite_overlap
UPDATE task_suite SET overlap = :overlap, remaining = :remaining,
    arrival = CASE WHEN remaining > 0 THEN arrival ELSE :position END
WHERE id = :id

-- name: set_task_suite_rank
UPDATE task_suite SET rank = :rank, arrival = :position WHERE id = :id

-- name: consume_task_suite
UPDATE task_suite SET consumed = consumed + 1,
    remaining = CASE WHEN overlap IS NULL THEN remaining ELSE remaining - 1 END
WHERE id = :id

-- name: release_task_suite
UPDATE task_suite SET consumed = consumed - 1,
    arrival = CASE WHEN remaining > 0 THEN arrival ELSE :position END,
    remaining = CASE WHEN overlap IS NULL THEN remaining ELSE remaining + 1 END
WHERE id = :id
RETURNING is_real, overlap

-- name: find_next_task_suite
SELECT id, first_task_id, task_count, is_real, overlap, rank, place FROM task_suite
WHERE pool_id = :pool_id AND remaining > 0 AND (rank, place) > (:rank, :place)
    AND NOT EXISTS (
        SELECT 1 FROM assignment
        WHERE assignment.suite_id = task_suite.id AND assignment.worker_number = :worker_number
    )
    AND (
        is_limited = 0
        OR (
            NOT EXISTS (
                SELECT 1 FROM task_suite_access
                WHERE task_suite_access.suite_id = task_suite.id AND is_reserved = 0 AND worker_id = :worker_id
            )
            AND (
                NOT EXISTS (
                    SELECT 1 FROM task_suite_access
                    WHERE task_suite_access.suite_id = task_suite.id AND is_reserved = 1
                )
                OR EXISTS (
                    SELECT 1 FROM task_suite_access
                    WHERE task_suite_access.suite_id = task_suite.id AND is_reserved = 1 AND worker_id = :worker_id
                )
            )
        )
    )
ORDER BY rank, place LIMIT 1

-- name: find_arrived_task_suite
-- The sums keep the databases from walking along (rank, place), where everything that the worker has had would be in the way.
SELECT rank, place FROM task_suite
WHERE pool_id = :pool_id AND remaining > 0 AND arrival > :seen AND (rank + 0, place + 0) <= (:rank, :place)
    AND NOT EXISTS (
        SELECT 1 FROM assignment
        WHERE assignment.suite_id = task_suite.id AND assignment.worker_number = :worker_number
    )
    AND (
        is_limited = 0
        OR (
            NOT EXISTS (
                SELECT 1 FROM task_suite_access
                WHERE task_suite_access.suite_id = task_suite.id AND is_reserved = 0 AND worker_id = :worker_id
            )
            AND (
                NOT EXISTS (
                    SELECT 1 FROM task_suite_access
                    WHERE task_suite_access.suite_id = task_suite.id AND is_reserved = 1
                )
                OR EXISTS (
                    SELECT 1 FROM task_suite_access
                    WHERE task_suite_access.suite_id = task_suite.id AND is_reserved = 1 AND worker_id = :worker_id
                )
            )
        )
    )
ORDER BY rank + 0, place + 0 LIMIT 1

-- name: find_suite_progress
SELECT rank, place, seen FROM suite_progress WHERE pool_id = :pool_id AND worker_number = :worker_number

-- name: put_suite_progress
INSERT INTO suite_progress (pool_id, worker_number, rank, place, seen)
VALUES (:pool_id, :worker_number, :rank, :place, :seen)
ON CONFLICT (pool_id, worker_number) DO UPDATE SET rank = :rank, place = :place, seen = :seen

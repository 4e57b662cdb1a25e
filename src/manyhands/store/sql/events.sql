-- name: add_event
INSERT INTO event (position, at, kind, pool_id, assignment_id, close_reason, task_id)
VALUES (:position, :at, :kind, :pool_id, :assignment_id, :close_reason, :task_id)

-- name: list_events
SELECT position, at, kind, pool_id, assignment_id, close_reason, task_id FROM event
WHERE position > :after ORDER BY position LIMIT :count

-- name: list_events_of_pool
SELECT position, at, kind, pool_id, assignment_id, close_reason, task_id FROM event
WHERE pool_id = :pool_id AND position > :after ORDER BY position LIMIT :count

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

-- name: create_operation
INSERT INTO operation (
    requester, id, type, status, submitted, started, finished, progress, parameters, details, request
) VALUES (
    :requester, :id, :type, :status, :submitted, :started, NULL, 0, :parameters, :details, :request
)
ON CONFLICT DO NOTHING RETURNING id

-- name: find_operation
SELECT id, type, status, submitted, started, finished, progress, parameters, details FROM operation
WHERE requester = :requester AND id = :id

-- name: find_operation_log
SELECT log FROM operation WHERE requester = :requester AND id = :id

-- name: finish_operation
UPDATE operation SET status = :status, finished = :finished, progress = 100, details = :details, log = :log,
    request = NULL
WHERE requester = :requester AND id = :id

-- name: list_operations
SELECT id, type, status, submitted, started, finished, progress, parameters, details FROM operation
WHERE requester = :requester ORDER BY submitted, id

-- name: list_unfinished_operations
SELECT requester, id, type, parameters, request FROM operation WHERE finished IS NULL ORDER BY submitted, id

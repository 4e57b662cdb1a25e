-- name: list_restrictions_in_force
SELECT restriction.scope, COALESCE(restriction.project_id, pool.project_id) AS project_id, restriction.created, until
FROM restriction JOIN worker ON worker.number = restriction.worker_number
LEFT JOIN pool ON pool.id = restriction.pool_id
WHERE worker.id = :worker_id AND (until IS NULL OR until > :now) ORDER BY restriction.id DESC

-- name: list_pool_versions
SELECT id, version FROM pool WHERE requester = :requester ORDER BY id

-- name: list_restrictions_in_force
SELECT restriction.scope, COALESCE(restriction.project_id, pool.project_id) AS project_id, restriction.created, until
FROM restriction JOIN worker ON worker.number = restriction.worker_number
LEFT JOIN pool ON pool.id = restriction.pool_id
WHERE worker.id = :worker_id AND (until IS NULL OR until > :now) ORDER BY restriction.id DESC

-- name: list_pool_figures
SELECT pool.id, project_id, pool.key, version, status, close_reason, created, pool.paid, pool.reserved,
    budget_id, ceiling, budget.paid AS budget_paid, budget.reserved AS budget_reserved
FROM pool LEFT JOIN budget ON budget.id = pool.budget_id WHERE pool.requester = :requester ORDER BY pool.id

-- name: find_pool_version
SELECT version FROM pool WHERE id = :id

-- name: list_pools_of_worker
SELECT DISTINCT pool.id FROM assignment JOIN worker ON worker.number = worker_number JOIN pool ON pool.id = pool_id
WHERE worker.id = :worker_id AND requester = :requester ORDER BY pool.id

-- name: create_pool
INSERT INTO pool (
    id, requester, project_id, project_version, key, budget_id, page_price, priority, config, created, version, status,
    close_reason, last_changed, task_count, assignment_count, next_position, open_slots, endless_count, active_count,
    submitted_count, paid, reserved
) VALUES (
    :id, :requester, :project_id, :project_version, :key, :budget_id, :page_price, :priority, :config, :created, 0, :status,
    :close_reason, :created, 0, 0, 0, 0, 0, 0, 0, 0, 0
)
ON CONFLICT DO NOTHING

-- name: find_pool_by_key
SELECT id FROM pool WHERE requester = :requester AND key = :key

-- name: find_pool
SELECT id, revision, status, close_reason, created, last_started, last_stopped, paid, reserved FROM pool WHERE id = :id

-- name: find_pool_home
SELECT requester, project_id FROM pool WHERE id = :id

-- name: find_pool_config
SELECT config FROM pool WHERE id = :id

-- name: replace_pool_config
UPDATE pool SET config = :config, page_price = :page_price, priority = :priority WHERE id = :id

-- name: list_project_pools
SELECT id, revision, status, close_reason, created, last_started, last_stopped, paid, reserved FROM pool
WHERE project_id = :project_id ORDER BY id

-- name: lock_pool
SELECT id, revision, status, close_reason, created, last_started, last_stopped, last_changed, complete_at, due,
    task_count, assignment_count, next_position, open_slots, endless_count, active_count, submitted_count, paid, reserved,
    COALESCE(
        (
            SELECT revision FROM project_version
            WHERE project_version.project_id = pool.project_id AND version = pool.project_version
        ),
        (SELECT revision FROM project WHERE project.id = pool.project_id)
    ) AS project_revision
FROM pool WHERE id = :id {locked}

-- name: write_pool
UPDATE pool SET version = version + 1, revision = :revision, status = :status, close_reason = :close_reason,
    last_started = :last_started, last_stopped = :last_stopped, last_changed = :last_changed,
    complete_at = :complete_at, due = :due, task_count = :task_count, assignment_count = :assignment_count, next_position = :next_position,
    open_slots = :open_slots, endless_count = :endless_count, active_count = :active_count,
    submitted_count = :submitted_count, paid = :paid, reserved = :reserved
WHERE id = :id

-- name: list_open_pools
SELECT id, revision, status, close_reason, created, last_started, last_stopped FROM pool
WHERE status = 'OPEN' ORDER BY priority DESC, id

-- name: list_open_pools_dearer_than
SELECT id FROM pool WHERE budget_id = :budget_id AND page_price > :amount AND status = 'OPEN' ORDER BY id

-- name: list_unarchived_pools
SELECT id, revision FROM pool WHERE requester = :requester AND status <> 'ARCHIVED' ORDER BY id

-- name: find_next_due
SELECT
    (SELECT MIN(due) FROM assignment WHERE due IS NOT NULL) AS assignment_due,
    (SELECT MIN(due) FROM pool WHERE due IS NOT NULL) AS pool_due

-- name: find_due_assignment
SELECT id, due FROM assignment WHERE due IS NOT NULL AND due <= :now ORDER BY due, id LIMIT 1

-- name: find_due_pool
SELECT id, due FROM pool WHERE due IS NOT NULL AND due <= :now ORDER BY due, id LIMIT 1

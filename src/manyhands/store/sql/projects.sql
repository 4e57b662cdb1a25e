-- name: next_number
INSERT INTO counter (name, value) VALUES (:name, :first)
ON CONFLICT (name) DO UPDATE SET value = counter.value + :count
RETURNING value

-- name: find_counter
SELECT value FROM counter WHERE name = :name

-- name: create_project
INSERT INTO project (id, requester, key, status, revision, created, config)
VALUES (:id, :requester, :key, :status, 1, :created, :config)
ON CONFLICT DO NOTHING

-- name: find_project_by_key
SELECT id, requester, status, revision, created, config FROM project WHERE requester = :requester AND key = :key

-- name: find_project
SELECT id, requester, status, revision, created, config FROM project WHERE id = :id

-- name: replace_project_config
UPDATE project SET config = :config, revision = revision + 1 WHERE id = :id

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
SELECT id, status, created, config FROM project WHERE requester = :requester AND key = :key

-- name: find_project
SELECT id, requester, status, created, config FROM project WHERE id = :id

-- name: lock_project
SELECT id, requester, status, version, created, config FROM project WHERE id = :id {locked}

-- name: list_projects
SELECT id, status, created, config FROM project WHERE requester = :requester ORDER BY id

-- name: replace_project_config
UPDATE project SET config = :config, revision = revision + 1 WHERE id = :id

-- name: keep_project_version
INSERT INTO project_version (project_id, version, revision, config)
SELECT id, version, revision, config FROM project
WHERE id = :id AND EXISTS (SELECT 1 FROM pool WHERE project_id = :id AND project_version = project.version)

-- name: begin_project_version
UPDATE project SET version = version + 1 WHERE id = :id

-- name: find_project_version
SELECT config FROM project_version WHERE project_id = :id AND revision = :revision

-- name: find_project_of_pool
SELECT project.id, project.requester, status, created, COALESCE(kept.config, project.config) AS config
FROM (SELECT project_id, project_version FROM pool WHERE id = :pool_id) AS place
JOIN project ON project.id = place.project_id
LEFT JOIN project_version AS kept ON kept.project_id = place.project_id AND kept.version = place.project_version

-- name: find_unarchived_pool
SELECT id FROM pool WHERE project_id = :project_id AND status <> 'ARCHIVED' ORDER BY id LIMIT 1

-- name: archive_project
UPDATE project SET status = 'ARCHIVED', key = :key WHERE id = :id

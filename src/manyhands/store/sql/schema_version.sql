-- name: create_schema_version
CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)

-- name: find_schema_version
SELECT MAX(version) AS version FROM schema_version

-- name: add_schema_version
INSERT INTO schema_version (version) VALUES (:version)

-- revision: counts the changes of a pool's config and of what its tasks say, so that no process goes on with what it remembers.
ALTER TABLE pool ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
CREATE INDEX pool_of_project ON pool (project_id);

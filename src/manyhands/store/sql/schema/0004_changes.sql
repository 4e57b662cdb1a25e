-- revision: counts the changes of a pool's config and of what its tasks say, so that no process goes on with what it remembers.
ALTER TABLE pool ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
CREATE INDEX pool_of_project ON pool (project_id);

-- lifetime: how long a value lasts that is not set again; NULL for ever.
ALTER TABLE skill ADD COLUMN lifetime BIGINT;
ALTER TABLE skill ADD COLUMN is_training BIGINT NOT NULL DEFAULT 0;
ALTER TABLE skill ADD COLUMN foreign_fields TEXT;
-- created: when the worker first got the skill.
ALTER TABLE worker_skill ADD COLUMN created BIGINT NOT NULL DEFAULT 0;
UPDATE worker_skill SET created = modified;

-- A project whose specs change gets a new version; pools that are there stay with theirs, which is kept here as it was last.
ALTER TABLE project ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE pool ADD COLUMN project_version BIGINT NOT NULL DEFAULT 1;
CREATE TABLE project_version (
    project_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    config TEXT NOT NULL,
    PRIMARY KEY (project_id, version)
) {clustered};

-- Who runs launches: a process says every few seconds that it is there. seen: the time on the wall, whatever the platform's clock says.
CREATE TABLE runner (
    id TEXT PRIMARY KEY,
    seen BIGINT NOT NULL
) {clustered};

ALTER TABLE launch ADD COLUMN runner_id TEXT;

-- 1: servers are asked to run the launch, until it is over.
ALTER TABLE launch ADD COLUMN is_resume_requested BIGINT NOT NULL DEFAULT 0;

-- Pages that requesters have put together, in pools without a mixer. Their ids are made like those of tasks. The tasks of a suite lie together;
-- they are issued with it only: their own overlap is NULL, their remaining 0, and nothing of them is written when it is issued.
-- overlap, consumed, remaining: as of a task. is_real: has a real task, so the pool is not complete without it.
-- rank, place: the suite with the lowest comes first. arrival: the pool's next position when the suite last became open or changed its rank.
CREATE TABLE task_suite (
    id {key},
    pool_id BIGINT NOT NULL REFERENCES pool (id),
    key TEXT NOT NULL,
    created BIGINT NOT NULL,
    first_task_id BIGINT NOT NULL,
    task_count BIGINT NOT NULL,
    is_real BIGINT NOT NULL,
    overlap BIGINT,
    consumed BIGINT NOT NULL,
    remaining BIGINT NOT NULL,
    rank BIGINT NOT NULL,
    place BIGINT NOT NULL,
    arrival BIGINT NOT NULL,
    is_limited BIGINT NOT NULL,
    foreign_fields TEXT,
    UNIQUE (pool_id, key)
);
-- Only what can be issued is in these indexes, so that finding the next suite costs the same in a small and in a large pool.
CREATE INDEX task_suite_to_issue ON task_suite (pool_id, rank, place) WHERE remaining > 0;
CREATE INDEX task_suite_arrived ON task_suite (pool_id, arrival, rank, place) WHERE remaining > 0;

CREATE TABLE task_suite_access (
    suite_id BIGINT NOT NULL,
    is_reserved BIGINT NOT NULL,
    worker_id TEXT NOT NULL,
    PRIMARY KEY (suite_id, is_reserved, worker_id)
) {clustered};

-- How far a worker has come: no suite up to (rank, place) is for them, but for those whose arrival is above seen.
CREATE TABLE suite_progress (
    pool_id BIGINT NOT NULL,
    worker_number BIGINT NOT NULL,
    rank BIGINT NOT NULL,
    place BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    PRIMARY KEY (pool_id, worker_number)
) {clustered};

ALTER TABLE task ADD COLUMN suite_id BIGINT;

-- NULL on pages that a mixer has put together.
ALTER TABLE assignment ADD COLUMN suite_id BIGINT;
CREATE UNIQUE INDEX assignment_of_suite ON assignment (suite_id, worker_number) WHERE suite_id IS NOT NULL;

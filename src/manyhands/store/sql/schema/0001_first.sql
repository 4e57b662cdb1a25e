-- Amounts are integers in hundred-thousandths of a US dollar, times are microseconds since 1970 in UTC, documents are JSON.
-- Ids of tasks and assignments are pool id * 2^32 + a number that counts from 1 within the pool, so a pool's rows lie together.
-- {key} and {serial} are integer primary keys, given by us or by the database; {clustered} stores a table in its primary key.

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
) {clustered};

CREATE TABLE project (
    id {key},
    requester TEXT NOT NULL,
    key TEXT NOT NULL,
    status TEXT NOT NULL,
    revision BIGINT NOT NULL,
    created BIGINT NOT NULL,
    config TEXT NOT NULL,
    UNIQUE (requester, key)
);

CREATE TABLE budget (
    id {key},
    requester TEXT NOT NULL,
    key TEXT NOT NULL,
    ceiling BIGINT,
    paid BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    UNIQUE (requester, key)
);

-- open_slots: solutions still wanted of real tasks; endless_count: real tasks without an end; due: when it closes by itself.
CREATE TABLE pool (
    id {key},
    requester TEXT NOT NULL,
    project_id BIGINT NOT NULL REFERENCES project (id),
    key TEXT NOT NULL,
    budget_id BIGINT REFERENCES budget (id),
    page_price BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    config TEXT NOT NULL,
    created BIGINT NOT NULL,
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    close_reason TEXT,
    last_started BIGINT,
    last_stopped BIGINT,
    last_changed BIGINT NOT NULL,
    complete_at BIGINT,
    due BIGINT,
    task_count BIGINT NOT NULL,
    assignment_count BIGINT NOT NULL,
    next_position BIGINT NOT NULL,
    open_slots BIGINT NOT NULL,
    endless_count BIGINT NOT NULL,
    active_count BIGINT NOT NULL,
    submitted_count BIGINT NOT NULL,
    paid BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    UNIQUE (requester, key)
);
CREATE INDEX pool_open ON pool (priority, id) WHERE status = 'OPEN';
CREATE INDEX pool_of_budget ON pool (budget_id, page_price) WHERE status = 'OPEN';
CREATE INDEX pool_due ON pool (due) WHERE due IS NOT NULL;

-- overlap NULL: endless, and remaining is then always 1. consumed: active, submitted, accepted and rejected pages that hold the task.
CREATE TABLE task (
    id {key},
    pool_id BIGINT NOT NULL REFERENCES pool (id),
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    created BIGINT NOT NULL,
    input_values TEXT NOT NULL,
    known_solutions TEXT,
    hint TEXT,
    overlap BIGINT,
    consumed BIGINT NOT NULL,
    remaining BIGINT NOT NULL,
    position BIGINT NOT NULL,
    is_limited BIGINT NOT NULL,
    foreign_fields TEXT,
    UNIQUE (pool_id, key)
);
-- Only what can be issued is in this index, so that finding the next tasks costs the same in a small and in a large pool.
CREATE INDEX task_to_issue ON task (pool_id, kind, position) WHERE remaining > 0;

CREATE TABLE task_access (
    task_id BIGINT NOT NULL,
    is_reserved BIGINT NOT NULL,
    worker_id TEXT NOT NULL,
    PRIMARY KEY (task_id, is_reserved, worker_id)
) {clustered};

CREATE TABLE worker (
    number {key},
    id TEXT NOT NULL UNIQUE,
    created BIGINT NOT NULL,
    profile TEXT NOT NULL
);

-- How far a worker has come in a pool: everything up to a cursor was issued to the worker or will never be.
CREATE TABLE worker_progress (
    pool_id BIGINT NOT NULL,
    worker_number BIGINT NOT NULL,
    real_cursor BIGINT NOT NULL,
    control_cursor BIGINT NOT NULL,
    control_lap BIGINT NOT NULL,
    training_cursor BIGINT NOT NULL,
    PRIMARY KEY (pool_id, worker_number)
) {clustered};

CREATE TABLE issue (
    worker_number BIGINT NOT NULL,
    task_id BIGINT NOT NULL,
    PRIMARY KEY (worker_number, task_id)
) {clustered};

CREATE TABLE exclusive_member (
    requester TEXT NOT NULL,
    exclusive_group TEXT NOT NULL,
    worker_number BIGINT NOT NULL,
    pool_id BIGINT NOT NULL,
    PRIMARY KEY (requester, exclusive_group, worker_number)
) {clustered};

-- reserved: reward and fee as long as they are neither paid nor released; bonus_reserved: the same for the largest bonus.
CREATE TABLE assignment (
    id {key},
    pool_id BIGINT NOT NULL REFERENCES pool (id),
    worker_number BIGINT NOT NULL REFERENCES worker (number),
    status TEXT NOT NULL,
    reward BIGINT NOT NULL,
    fee BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    bonus_reserved BIGINT NOT NULL,
    task_numbers TEXT NOT NULL,
    solutions TEXT,
    created BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    due BIGINT,
    submitted BIGINT,
    accepted BIGINT,
    rejected BIGINT,
    skipped BIGINT,
    expired BIGINT,
    public_comment TEXT NOT NULL
);
CREATE UNIQUE INDEX assignment_in_hand ON assignment (pool_id, worker_number) WHERE status = 'ACTIVE';
CREATE INDEX assignment_in_review ON assignment (pool_id, worker_number) WHERE status = 'SUBMITTED';
CREATE INDEX assignment_due ON assignment (due) WHERE due IS NOT NULL;
CREATE INDEX assignment_bonus ON assignment (pool_id) WHERE bonus_reserved > 0;

CREATE TABLE restriction (
    id {key},
    requester TEXT NOT NULL,
    key TEXT NOT NULL,
    worker_number BIGINT NOT NULL REFERENCES worker (number),
    scope TEXT NOT NULL,
    pool_id BIGINT,
    project_id BIGINT,
    created BIGINT NOT NULL,
    until BIGINT,
    private_comment TEXT NOT NULL,
    tally_scope TEXT,
    UNIQUE (requester, key)
);
CREATE INDEX restriction_of_worker ON restriction (worker_number);

CREATE TABLE skill (
    id {key},
    requester TEXT NOT NULL,
    name TEXT NOT NULL,
    created BIGINT NOT NULL,
    is_hidden BIGINT NOT NULL,
    UNIQUE (requester, name)
);

CREATE TABLE worker_skill (
    worker_number BIGINT NOT NULL REFERENCES worker (number),
    skill_id BIGINT NOT NULL REFERENCES skill (id),
    value DOUBLE PRECISION NOT NULL,
    modified BIGINT NOT NULL,
    PRIMARY KEY (worker_number, skill_id)
) {clustered};

CREATE TABLE bonus (
    id {key},
    requester TEXT NOT NULL,
    key TEXT NOT NULL,
    worker_number BIGINT NOT NULL REFERENCES worker (number),
    pool_id BIGINT,
    assignment_id BIGINT,
    amount BIGINT NOT NULL,
    fee BIGINT NOT NULL,
    created BIGINT NOT NULL,
    private_comment TEXT NOT NULL,
    public_message TEXT NOT NULL,
    foreign_fields TEXT,
    UNIQUE (requester, key)
);
CREATE INDEX bonus_of_pool ON bonus (pool_id, id);

-- Every movement of money, never changed: the sums are what budgets, pools and assignments say.
CREATE TABLE ledger (
    id {serial},
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    budget_id BIGINT,
    pool_id BIGINT,
    assignment_id BIGINT,
    bonus_id BIGINT,
    paid BIGINT NOT NULL,
    reserved BIGINT NOT NULL
);

CREATE TABLE event (
    position {key},
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    pool_id BIGINT NOT NULL,
    assignment_id BIGINT,
    close_reason TEXT
);
CREATE INDEX event_of_pool ON event (pool_id, position);

-- What a quality rule has counted about a worker: total things, of which hits count, and the last ones where the rule looks no further.
CREATE TABLE tally (
    worker_number BIGINT NOT NULL,
    scope TEXT NOT NULL,
    total BIGINT NOT NULL,
    hits DOUBLE PRECISION NOT NULL,
    history TEXT,
    since BIGINT NOT NULL,
    PRIMARY KEY (worker_number, scope)
) {clustered};

-- Only filled where a rule compares answers with the majority.
CREATE TABLE answer (
    task_id BIGINT NOT NULL,
    worker_number BIGINT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (task_id, worker_number)
) {clustered};

CREATE TABLE launch (
    name TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    entry_count BIGINT NOT NULL,
    is_stop_requested BIGINT NOT NULL
);

CREATE TABLE launch_entry (
    launch_name TEXT NOT NULL REFERENCES launch (name),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (launch_name, number)
) {clustered};

-- The skill that the trainings of a project give.
CREATE TABLE training_skill (
    project_id BIGINT PRIMARY KEY REFERENCES project (id),
    skill_id BIGINT NOT NULL REFERENCES skill (id)
) {clustered};

-- How far a worker has come in a training; is_over once the skill was given.
CREATE TABLE training_progress (
    pool_id BIGINT NOT NULL,
    worker_number BIGINT NOT NULL,
    page_count BIGINT NOT NULL,
    is_over BIGINT NOT NULL,
    PRIMARY KEY (pool_id, worker_number)
) {clustered};

-- What a worker answered first to a training task, and how right it was; later answers change nothing here.
CREATE TABLE first_answer (
    worker_number BIGINT NOT NULL,
    task_id BIGINT NOT NULL,
    answer TEXT NOT NULL,
    rate DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (worker_number, task_id)
) {clustered};

ALTER TABLE assignment ADD COLUMN first_solutions TEXT;

-- A skill that has expired is not there, until it is given again.
ALTER TABLE worker_skill ADD COLUMN expires BIGINT;

-- Answers that were compared with the majority by the rule of this scope; each counts once.
CREATE TABLE agreement (
    scope TEXT NOT NULL,
    task_id BIGINT NOT NULL,
    worker_number BIGINT NOT NULL,
    PRIMARY KEY (scope, task_id, worker_number)
) {clustered};

-- Where a rule asks again what workers answered who lost access; pool_id 0 stands for all pools of the project.
CREATE TABLE access_watch (
    requester TEXT NOT NULL,
    project_id BIGINT NOT NULL,
    pool_id BIGINT NOT NULL,
    PRIMARY KEY (requester, project_id, pool_id)
) {clustered};

-- Losses of access that have not been followed up yet.
CREATE TABLE access_loss (
    id {serial},
    pool_id BIGINT NOT NULL,
    worker_number BIGINT NOT NULL,
    reason TEXT NOT NULL,
    skill_id BIGINT
);

-- Pages whose tasks were asked again by the rule of this scope.
CREATE TABLE asked_again (
    scope TEXT NOT NULL,
    assignment_id BIGINT NOT NULL,
    PRIMARY KEY (scope, assignment_id)
) {clustered};

-- Judged answers to tasks whose overlap grows until they are confident enough; of a rejected one the labels are NULL.
CREATE TABLE vote (
    task_id BIGINT NOT NULL,
    worker_number BIGINT NOT NULL,
    labels TEXT,
    PRIMARY KEY (task_id, worker_number)
) {clustered};

-- Tasks whose overlap grew until no more answers were wanted, as was told once.
CREATE TABLE grown_task (
    task_id BIGINT PRIMARY KEY
) {clustered};

ALTER TABLE event ADD COLUMN task_id BIGINT

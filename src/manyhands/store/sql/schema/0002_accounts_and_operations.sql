-- Who may come in through the server's doors. Tokens are random and long, so their SHA-256 digest is all that is kept of them.
CREATE TABLE requester_account (
    requester TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created BIGINT NOT NULL,
    credit BIGINT NOT NULL
) {clustered};

CREATE TABLE access_token (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    label TEXT NOT NULL,
    created BIGINT NOT NULL,
    revoked BIGINT
) {clustered};
CREATE INDEX access_token_of_owner ON access_token (owner, created);

-- Long requests. request: what was asked for, kept until it is done, so that it can be carried out again after a crash.
CREATE TABLE operation (
    requester TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    submitted BIGINT NOT NULL,
    started BIGINT,
    finished BIGINT,
    progress BIGINT NOT NULL,
    parameters TEXT NOT NULL,
    details TEXT NOT NULL,
    request TEXT,
    log TEXT,
    PRIMARY KEY (requester, id)
);
CREATE INDEX operation_in_work ON operation (submitted) WHERE finished IS NULL;

-- What workers have written on pages that they have not handed in.
CREATE TABLE page_draft (
    assignment_id BIGINT PRIMARY KEY,
    document TEXT NOT NULL
) {clustered};

CREATE INDEX assignment_of_worker ON assignment (worker_number, id);

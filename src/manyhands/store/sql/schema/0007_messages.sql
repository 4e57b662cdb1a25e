-- Messages between a requester and workers. worker_number: the one worker that the thread is with; NULL for several. parent_id: the thread
-- to several workers that this worker answered; nobody else sees the answer. message_count numbers the messages.
CREATE TABLE message_thread (
    id {key},
    requester TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent_id BIGINT REFERENCES message_thread (id),
    worker_number BIGINT REFERENCES worker (number),
    topic TEXT NOT NULL,
    recipients TEXT,
    project_id BIGINT,
    pool_id BIGINT,
    assignment_id BIGINT,
    folders TEXT NOT NULL,
    is_answerable BIGINT NOT NULL,
    member_count BIGINT NOT NULL,
    message_count BIGINT NOT NULL,
    created BIGINT NOT NULL
);
CREATE INDEX message_thread_of_requester ON message_thread (requester, id);

-- Who has a thread among their messages. answer_id: the thread in which this worker answers one to several.
CREATE TABLE thread_member (
    worker_number BIGINT NOT NULL REFERENCES worker (number),
    thread_id BIGINT NOT NULL REFERENCES message_thread (id),
    answer_id BIGINT,
    is_unread BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    PRIMARY KEY (worker_number, thread_id)
) {clustered};
CREATE INDEX thread_member_of_thread ON thread_member (thread_id, worker_number);

CREATE TABLE message (
    thread_id BIGINT NOT NULL REFERENCES message_thread (id),
    number BIGINT NOT NULL,
    role TEXT NOT NULL,
    worker_number BIGINT,
    text TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (thread_id, number)
);

-- Requests to take a rejection back; each is talked about in the thread of its id. rejection: what the worker had been told.
CREATE TABLE appeal (
    thread_id {key},
    requester TEXT NOT NULL,
    assignment_id BIGINT NOT NULL REFERENCES assignment (id),
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    rejection TEXT NOT NULL,
    created BIGINT NOT NULL,
    decided BIGINT,
    answer TEXT NOT NULL
);
CREATE UNIQUE INDEX appeal_open ON appeal (assignment_id) WHERE state = 'OPEN';
CREATE INDEX appeal_of_page ON appeal (assignment_id, thread_id);
CREATE INDEX appeal_of_requester ON appeal (requester, state, thread_id);

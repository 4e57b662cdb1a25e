-- Who is told of events of a pool. cursor: the last event that was told or is not to be told. token: what the uuids of its events are made of.
-- due: before then nothing is sent. lease: who is sending right now, until when others leave it alone. Secrets sign what is sent, so they
-- have to be kept as they are.
CREATE TABLE webhook (
    id {key},
    requester TEXT NOT NULL,
    pool_id BIGINT NOT NULL REFERENCES pool (id),
    event_type TEXT NOT NULL,
    kind TEXT,
    url TEXT NOT NULL,
    secret TEXT,
    token TEXT NOT NULL,
    created BIGINT NOT NULL,
    cursor BIGINT NOT NULL,
    due BIGINT NOT NULL,
    failure_count BIGINT NOT NULL,
    failing_since BIGINT,
    stopped BIGINT,
    lease TEXT,
    lease_until BIGINT NOT NULL,
    UNIQUE (requester, pool_id, event_type, url)
);
CREATE INDEX webhook_at_work ON webhook (due) WHERE stopped IS NULL AND kind IS NOT NULL;

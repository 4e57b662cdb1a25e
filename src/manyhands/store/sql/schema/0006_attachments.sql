-- Files that workers uploaded for a page. due: when it is looked at whether the page was handed in; NULL once it was, and the file stays.
CREATE TABLE attachment (
    id {key},
    assignment_id BIGINT NOT NULL REFERENCES assignment (id),
    pool_id BIGINT NOT NULL REFERENCES pool (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    is_complete BIGINT NOT NULL,
    created BIGINT NOT NULL,
    due BIGINT
);
CREATE INDEX attachment_of_page ON attachment (assignment_id, id);
CREATE INDEX attachment_of_pool ON attachment (pool_id, id);
CREATE INDEX attachment_due ON attachment (due) WHERE due IS NOT NULL;

-- The contents, in parts that fit in memory. Large rows are not stored in their primary key.
CREATE TABLE attachment_part (
    attachment_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    content {blob} NOT NULL,
    PRIMARY KEY (attachment_id, number)
);

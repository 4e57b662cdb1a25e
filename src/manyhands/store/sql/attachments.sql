-- name: create_attachment
INSERT INTO attachment (id, assignment_id, pool_id, name, media_type, size_bytes, is_complete, created, due)
VALUES (:id, :assignment_id, :pool_id, :name, :media_type, 0, 0, :created, :due)

-- name: measure_attachments
SELECT COUNT(*) AS file_count, COALESCE(SUM(size_bytes), 0) AS size_bytes FROM attachment
WHERE assignment_id = :assignment_id

-- name: add_attachment_part
INSERT INTO attachment_part (attachment_id, number, content) VALUES (:attachment_id, :number, :content)

-- name: grow_attachment
UPDATE attachment SET size_bytes = size_bytes + :size_bytes WHERE id = :id

-- name: finish_attachment
UPDATE attachment SET is_complete = 1, media_type = :media_type, created = :created WHERE id = :id

-- name: find_attachment
SELECT attachment.id, attachment.assignment_id, attachment.pool_id, worker.id AS worker_id, attachment.name,
    attachment.media_type, attachment.size_bytes, attachment.created, is_complete, assignment.status
FROM attachment JOIN assignment ON assignment.id = attachment.assignment_id
JOIN worker ON worker.number = assignment.worker_number WHERE attachment.id = :id

-- name: list_attachments_of_page
SELECT attachment.id, attachment.assignment_id, attachment.pool_id, worker.id AS worker_id, attachment.name,
    attachment.media_type, attachment.size_bytes, attachment.created, is_complete, assignment.status
FROM attachment JOIN assignment ON assignment.id = attachment.assignment_id
JOIN worker ON worker.number = assignment.worker_number
WHERE attachment.assignment_id = :assignment_id AND is_complete = 1 ORDER BY attachment.id

-- name: list_attachments_of_pool
SELECT attachment.id, attachment.assignment_id, attachment.pool_id, worker.id AS worker_id, attachment.name,
    attachment.media_type, attachment.size_bytes, attachment.created, is_complete, assignment.status
FROM attachment JOIN assignment ON assignment.id = attachment.assignment_id
JOIN worker ON worker.number = assignment.worker_number
WHERE attachment.pool_id = :pool_id AND attachment.id > :after AND is_complete = 1 AND assignment.solutions IS NOT NULL
ORDER BY attachment.id LIMIT :count

-- name: find_attachment_part
SELECT content FROM attachment_part WHERE attachment_id = :attachment_id AND number = :number

-- name: remove_attachment_parts
DELETE FROM attachment_part WHERE attachment_id = :attachment_id AND number < :end_number

-- name: find_last_attachment_part
SELECT MAX(number) AS number FROM attachment_part WHERE attachment_id = :attachment_id

-- name: remove_attachment
DELETE FROM attachment WHERE id = :id

-- name: find_due_attachment
SELECT id FROM attachment WHERE due IS NOT NULL AND due <= :now ORDER BY due, id LIMIT 1

-- name: keep_attachment
UPDATE attachment SET due = NULL WHERE id = :id

-- name: hide_attachment
UPDATE attachment SET is_complete = 0 WHERE id = :id

-- name: put_page_draft
INSERT INTO page_draft (assignment_id, document) VALUES (:assignment_id, :document)
ON CONFLICT (assignment_id) DO UPDATE SET document = :document

-- name: find_page_draft
SELECT document FROM page_draft WHERE assignment_id = :assignment_id

-- name: remove_page_draft
DELETE FROM page_draft WHERE assignment_id = :assignment_id

-- name: find_page_owner
SELECT worker.id AS worker_id, assignment.status FROM assignment
JOIN worker ON worker.number = assignment.worker_number WHERE assignment.id = :assignment_id

-- name: find_project_owner
SELECT requester FROM project WHERE id = :id

-- name: find_pool_pace
SELECT AVG(submitted - created) AS mean FROM (
    SELECT submitted, created FROM assignment
    WHERE id > :first_id AND id < :end_id AND submitted IS NOT NULL ORDER BY id DESC LIMIT 100
) AS latest

-- name: list_work_of_worker
SELECT assignment.id, assignment.pool_id, assignment.status, assignment.reward, assignment.created, deadline,
    submitted, rejected, public_comment
FROM assignment JOIN worker ON worker.number = assignment.worker_number
WHERE worker.id = :worker_id AND (assignment.created, assignment.id) < (:before_created, :before_id)
ORDER BY assignment.created DESC, assignment.id DESC LIMIT :count

-- name: find_work_moment
SELECT created FROM assignment WHERE id = :assignment_id

-- name: list_work_in_hand
SELECT assignment.pool_id FROM assignment JOIN worker ON worker.number = assignment.worker_number
WHERE worker.id = :worker_id AND assignment.status = 'ACTIVE' ORDER BY assignment.id

-- name: sum_work_of_worker
SELECT assignment.status, COUNT(*) AS page_count, SUM(assignment.reward) AS reward
FROM assignment JOIN worker ON worker.number = assignment.worker_number
WHERE worker.id = :worker_id GROUP BY assignment.status ORDER BY assignment.status

-- name: sum_bonuses_of_worker
SELECT COALESCE(SUM(bonus.amount), 0) AS amount FROM bonus JOIN worker ON worker.number = bonus.worker_number
WHERE worker.id = :worker_id

-- name: create_appeal
INSERT INTO appeal (thread_id, requester, assignment_id, state, text, rejection, created, decided, answer)
VALUES (:thread_id, :requester, :assignment_id, 'OPEN', :text, :rejection, :created, NULL, '')

-- name: find_open_appeal
SELECT thread_id, text FROM appeal WHERE assignment_id = :assignment_id AND state = 'OPEN'

-- name: find_open_appeal_in_pool
SELECT assignment_id FROM appeal
WHERE assignment_id >= :first_id AND assignment_id < :end_id AND state = 'OPEN' ORDER BY assignment_id LIMIT 1

-- name: find_appeal
SELECT thread_id, appeal.requester, appeal.assignment_id, appeal.state, appeal.text, appeal.created, decided, answer,
    assignment.pool_id, pool.project_id, worker.id AS worker_id, rejection
FROM appeal JOIN assignment ON assignment.id = appeal.assignment_id JOIN pool ON pool.id = assignment.pool_id
JOIN worker ON worker.number = assignment.worker_number WHERE thread_id = :thread_id

-- name: list_appeals
SELECT thread_id, appeal.requester, appeal.assignment_id, appeal.state, appeal.text, appeal.created, decided, answer,
    assignment.pool_id, pool.project_id, worker.id AS worker_id, rejection
FROM appeal JOIN assignment ON assignment.id = appeal.assignment_id JOIN pool ON pool.id = assignment.pool_id
JOIN worker ON worker.number = assignment.worker_number
WHERE appeal.requester = :requester AND appeal.state = :state AND thread_id > :after ORDER BY thread_id LIMIT :count

-- name: find_last_appeal
SELECT thread_id, appeal.requester, appeal.assignment_id, appeal.state, appeal.text, appeal.created, decided, answer,
    assignment.pool_id, pool.project_id, worker.id AS worker_id, rejection
FROM appeal JOIN assignment ON assignment.id = appeal.assignment_id JOIN pool ON pool.id = assignment.pool_id
JOIN worker ON worker.number = assignment.worker_number
WHERE appeal.assignment_id = :assignment_id ORDER BY thread_id DESC LIMIT 1

-- name: decide_appeal
UPDATE appeal SET state = :state, decided = :decided, answer = :answer WHERE thread_id = :thread_id AND state = 'OPEN'
RETURNING thread_id

-- name: create_thread
INSERT INTO message_thread (
    id, requester, kind, parent_id, worker_number, topic, recipients, project_id, pool_id, assignment_id, folders,
    is_answerable, member_count, message_count, created
) VALUES (
    :id, :requester, :kind, :parent_id, :worker_number, :topic, :recipients, :project_id, :pool_id, :assignment_id,
    '[]', :is_answerable, :member_count, 0, :created
)

-- name: lock_thread
UPDATE message_thread SET message_count = message_count + :added_count WHERE id = :id
RETURNING id, requester, kind, parent_id, worker_number, topic, project_id, pool_id, assignment_id, folders,
    is_answerable, message_count

-- name: set_thread_folders
UPDATE message_thread SET folders = :folders WHERE id = :id

-- name: find_thread
SELECT message_thread.id, requester, kind, parent_id, worker.id AS worker_id, topic, recipients, project_id, pool_id,
    assignment_id, folders, is_answerable, member_count, message_thread.created
FROM message_thread LEFT JOIN worker ON worker.number = message_thread.worker_number WHERE message_thread.id = :id

-- name: list_threads
SELECT message_thread.id, requester, kind, parent_id, worker.id AS worker_id, topic, recipients, project_id, pool_id,
    assignment_id, folders, is_answerable, member_count, message_thread.created
FROM message_thread LEFT JOIN worker ON worker.number = message_thread.worker_number
WHERE requester = :requester AND message_thread.id > :after ORDER BY message_thread.id LIMIT :count

-- name: add_message
INSERT INTO message (thread_id, number, role, worker_number, text, created)
VALUES (:thread_id, :number, :role, :worker_number, :text, :created)

-- name: list_messages
SELECT role, worker.id AS worker_id, text, message.created
FROM message LEFT JOIN worker ON worker.number = message.worker_number
WHERE thread_id = :thread_id ORDER BY message.number

-- name: add_thread_member
INSERT INTO thread_member (worker_number, thread_id, answer_id, is_unread, updated)
VALUES (:worker_number, :thread_id, NULL, :is_unread, :updated)

-- name: list_thread_members
SELECT worker.id AS worker_id FROM thread_member JOIN worker ON worker.number = thread_member.worker_number
WHERE thread_id = :thread_id ORDER BY worker_number LIMIT :count

-- name: tell_thread_members
UPDATE thread_member SET is_unread = 1, updated = :updated WHERE thread_id = :thread_id

-- name: tell_thread_member
UPDATE thread_member SET is_unread = 1, updated = :updated
WHERE worker_number = :worker_number AND thread_id = :thread_id

-- name: touch_thread_member
UPDATE thread_member SET is_unread = 0, updated = :updated
WHERE worker_number = :worker_number AND thread_id = :thread_id
RETURNING answer_id

-- name: see_thread
UPDATE thread_member SET is_unread = 0 WHERE worker_number = :worker_number AND thread_id = :thread_id
RETURNING answer_id

-- name: set_thread_answer
UPDATE thread_member SET answer_id = :answer_id WHERE worker_number = :worker_number AND thread_id = :thread_id

-- name: find_conversation
SELECT message_thread.id, kind, topic, project_id, pool_id, assignment_id, is_answerable, is_unread, created, updated
FROM thread_member JOIN message_thread ON message_thread.id = thread_member.thread_id
WHERE thread_member.worker_number = :worker_number AND thread_member.thread_id = :thread_id

-- name: list_conversations
SELECT message_thread.id, kind, topic, project_id, pool_id, assignment_id, is_answerable, is_unread, created, updated
FROM thread_member JOIN message_thread ON message_thread.id = thread_member.thread_id
WHERE thread_member.worker_number = :worker_number
    AND (updated < :updated OR (updated = :updated AND thread_id < :thread_id))
ORDER BY updated DESC, thread_id DESC LIMIT :count

-- name: count_unread_conversations
SELECT COUNT(*) AS unread_count FROM thread_member WHERE worker_number = :worker_number AND is_unread = 1

-- name: list_acquaintances
SELECT number, id, profile FROM worker
WHERE EXISTS (
    SELECT 1 FROM assignment JOIN pool ON pool.id = assignment.pool_id
    WHERE assignment.worker_number = worker.number AND pool.requester = :requester
) OR EXISTS (
    SELECT 1 FROM worker_skill JOIN skill ON skill.id = worker_skill.skill_id
    WHERE worker_skill.worker_number = worker.number AND skill.requester = :requester
)
ORDER BY number

-- name: find_page_in_pool
SELECT id FROM assignment WHERE worker_number = :worker_number AND id > :first_id AND id < :end_id LIMIT 1

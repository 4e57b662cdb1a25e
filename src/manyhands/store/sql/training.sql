-- name: find_training_skill
SELECT skill_id FROM training_skill WHERE project_id = :project_id

-- name: create_training_skill
INSERT INTO training_skill (project_id, skill_id) VALUES (:project_id, :skill_id)

-- name: find_training_progress
SELECT page_count, is_over FROM training_progress WHERE pool_id = :pool_id AND worker_number = :worker_number

-- name: put_training_progress
INSERT INTO training_progress (pool_id, worker_number, page_count, is_over)
VALUES (:pool_id, :worker_number, :page_count, :is_over)
ON CONFLICT (pool_id, worker_number) DO UPDATE SET page_count = :page_count, is_over = :is_over

-- name: add_first_answer
INSERT INTO first_answer (worker_number, task_id, answer, rate) VALUES (:worker_number, :task_id, :answer, :rate)
ON CONFLICT DO NOTHING

-- name: find_first_answer
SELECT answer, rate FROM first_answer WHERE worker_number = :worker_number AND task_id = :task_id

-- name: sum_first_answers
SELECT COUNT(*) AS answer_count, COALESCE(SUM(rate), 0) AS rate FROM first_answer
WHERE worker_number = :worker_number AND task_id > :first_id AND task_id < :end_id

-- name: forget_first_answers
DELETE FROM first_answer WHERE worker_number = :worker_number AND task_id > :first_id AND task_id < :end_id

-- name: forget_issues
DELETE FROM issue WHERE worker_number = :worker_number AND task_id > :first_id AND task_id < :end_id

-- name: forget_issue
DELETE FROM issue WHERE worker_number = :worker_number AND task_id = :task_id

-- name: begin_training_again
UPDATE worker_progress SET training_cursor = -1 WHERE pool_id = :pool_id AND worker_number = :worker_number

-- name: put_first_solutions
UPDATE assignment SET first_solutions = :first_solutions WHERE id = :assignment_id

-- name: give_skill_for_a_time
INSERT INTO worker_skill (worker_number, skill_id, value, created, modified, expires)
VALUES (:worker_number, :skill_id, :value, :now, :now, :expires)
ON CONFLICT (worker_number, skill_id) DO UPDATE SET value = :value, modified = :now, expires = :expires

-- name: prolong_skill
UPDATE worker_skill SET expires = :expires
WHERE worker_number = :worker_number AND skill_id = :skill_id AND expires > :now

-- name: find_skill_in_force
SELECT worker_skill.value, worker_skill.expires FROM worker_skill JOIN skill ON skill.id = worker_skill.skill_id
WHERE worker_skill.worker_number = :worker_number AND worker_skill.skill_id = :skill_id
    AND (skill.lifetime IS NULL OR worker_skill.modified + skill.lifetime > :now)
    AND (worker_skill.expires IS NULL OR worker_skill.expires > :now)

-- name: count_pages_handed_in
SELECT COUNT(*) AS page_count FROM assignment
WHERE worker_number = :worker_number AND id > :first_id AND id < :end_id AND submitted IS NOT NULL

-- name: create_launch
INSERT INTO launch (name, document, entry_count, is_stop_requested) VALUES (:name, :document, 0, 0)
ON CONFLICT DO NOTHING
RETURNING name

-- name: find_launch
SELECT name, document FROM launch WHERE name = :name

-- name: update_launch
UPDATE launch SET document = :document WHERE name = :name
RETURNING name

-- name: list_launches
SELECT name, document FROM launch ORDER BY name

-- name: next_launch_entry
UPDATE launch SET entry_count = entry_count + 1 WHERE name = :name RETURNING entry_count

-- name: add_launch_entry
INSERT INTO launch_entry (launch_name, number, kind, document) VALUES (:name, :number, :kind, :document)

-- name: list_launch_entries
SELECT number, kind, document FROM launch_entry WHERE launch_name = :name ORDER BY number

-- name: set_launch_stop
UPDATE launch SET is_stop_requested = :is_requested WHERE name = :name
RETURNING name

-- name: list_launch_stops
SELECT name FROM launch WHERE is_stop_requested = 1

-- name: put_runner
INSERT INTO runner (id, seen) VALUES (:id, :seen) ON CONFLICT (id) DO UPDATE SET seen = excluded.seen

-- name: remove_runner
DELETE FROM runner WHERE id = :id

-- name: remove_runners_before
DELETE FROM runner WHERE seen < :seen

-- name: attend_launch
UPDATE launch SET runner_id = :runner_id WHERE name = :name
RETURNING name

-- name: lock_launch
UPDATE launch SET runner_id = runner_id WHERE name = :name
RETURNING runner_id

-- name: find_runner
SELECT seen FROM runner WHERE id = :id

-- name: leave_launch
UPDATE launch SET runner_id = NULL WHERE name = :name AND runner_id = :runner_id

-- name: list_attended_launches
SELECT name, seen FROM launch JOIN runner ON runner.id = launch.runner_id ORDER BY name

-- name: set_launch_resume
UPDATE launch SET is_resume_requested = :is_requested WHERE name = :name
RETURNING name

-- name: list_launch_resumes
SELECT name FROM launch WHERE is_resume_requested = 1

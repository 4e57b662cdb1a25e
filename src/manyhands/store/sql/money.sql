-- name: create_budget
INSERT INTO budget (id, requester, key, ceiling, paid, reserved) VALUES (:id, :requester, :key, :ceiling, 0, 0)
ON CONFLICT DO NOTHING

-- name: find_budget_by_key
SELECT id, requester, key, ceiling, paid, reserved FROM budget WHERE requester = :requester AND key = :key

-- name: find_budget
SELECT id, requester, key, ceiling, paid, reserved FROM budget WHERE id = :id

-- name: set_budget_ceiling
UPDATE budget SET ceiling = :ceiling WHERE id = :id AND paid + reserved <= :ceiling
RETURNING ceiling

-- name: remove_budget_ceiling
UPDATE budget SET ceiling = NULL WHERE id = :id

-- name: charge_budget
UPDATE budget SET paid = paid + :paid, reserved = reserved + :reserved
WHERE id = :id AND (ceiling IS NULL OR paid + reserved + :paid + :reserved <= ceiling)
RETURNING ceiling, paid, reserved

-- name: settle_budget
UPDATE budget SET paid = paid + :paid, reserved = reserved + :reserved WHERE id = :id
RETURNING ceiling, paid, reserved

-- name: add_ledger_entry
INSERT INTO ledger (at, kind, budget_id, pool_id, assignment_id, bonus_id, paid, reserved)
VALUES (:at, :kind, :budget_id, :pool_id, :assignment_id, :bonus_id, :paid, :reserved)

-- name: create_bonus
INSERT INTO bonus (
    id, requester, key, worker_number, pool_id, assignment_id, amount, fee, created, private_comment, public_message,
    foreign_fields
) VALUES (
    :id, :requester, :key, :worker_number, :pool_id, :assignment_id, :amount, :fee, :created, :private_comment,
    :public_message, :foreign_fields
)

-- name: find_bonus_by_key
SELECT bonus.id, worker.id AS worker_id, assignment_id, amount, bonus.created, private_comment, public_message,
    foreign_fields
FROM bonus JOIN worker ON worker.number = bonus.worker_number WHERE requester = :requester AND key = :key

-- name: list_bonuses
SELECT bonus.id, worker.id AS worker_id, assignment_id, amount, bonus.created, private_comment, public_message,
    foreign_fields
FROM bonus JOIN worker ON worker.number = bonus.worker_number WHERE pool_id = :pool_id ORDER BY bonus.id

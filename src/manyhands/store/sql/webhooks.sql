-- name: put_webhook
INSERT INTO webhook (
    id, requester, pool_id, event_type, kind, url, secret, token, created, cursor, due, failure_count, failing_since,
    stopped, lease, lease_until
) VALUES (
    :id, :requester, :pool_id, :event_type, :kind, :url, :secret, :token, :created, :cursor, 0, 0, NULL, NULL, NULL, 0
)
ON CONFLICT (requester, pool_id, event_type, url) DO UPDATE SET secret = :secret, due = 0, failure_count = 0,
    failing_since = NULL, stopped = NULL
RETURNING id, requester, pool_id, event_type, url, created, stopped

-- name: find_webhook
SELECT id, requester, pool_id, event_type, url, secret, created, stopped FROM webhook WHERE id = :id

-- name: list_webhooks
SELECT id, requester, pool_id, event_type, url, created, stopped FROM webhook
WHERE requester = :requester ORDER BY id

-- name: remove_webhook
DELETE FROM webhook WHERE id = :id

-- name: find_webhook_at_work
SELECT id FROM webhook WHERE stopped IS NULL AND kind IS NOT NULL LIMIT 1

-- name: list_due_webhooks
SELECT id FROM webhook
WHERE stopped IS NULL AND kind IS NOT NULL AND due <= :now AND lease_until <= :now
    AND EXISTS (SELECT 1 FROM event WHERE event.pool_id = webhook.pool_id AND event.position > webhook.cursor)
ORDER BY due, id LIMIT :count

-- name: lease_webhook
UPDATE webhook SET lease = :lease, lease_until = :lease_until
WHERE id = :id AND stopped IS NULL AND due <= :now AND lease_until <= :now
RETURNING id, pool_id, event_type, kind, url, secret, token, cursor

-- name: move_webhook
UPDATE webhook SET cursor = :cursor, failure_count = 0, failing_since = NULL, lease = NULL, lease_until = 0
WHERE id = :id AND lease = :lease

-- name: release_webhook
UPDATE webhook SET lease = NULL, lease_until = 0 WHERE id = :id AND lease = :lease

-- name: count_webhook_failure
UPDATE webhook SET failure_count = failure_count + 1, failing_since = COALESCE(failing_since, :now), lease = NULL,
    lease_until = 0
WHERE id = :id AND lease = :lease
RETURNING failure_count, failing_since

-- name: put_off_webhook
UPDATE webhook SET due = :due WHERE id = :id

-- name: stop_webhook
UPDATE webhook SET stopped = :now WHERE id = :id

"""What webhooks have to tell, and what became of it. Whoever sends it takes a lease, so that several processes never send the same at once."""

import secrets
from datetime import timedelta
from uuid import UUID, uuid5

from manyhands.crowd import CloseReason, Delivery, ProjectId, ToldEvent, WebhookId
from manyhands.store import Row, Transaction

from .assignments import find_assignment
from .engine import Engine
from .ids import assignment_id_of, parse_number, pool_id_of, task_id_of
from .moments import to_microseconds, to_moment
from .records import suite_id_of

__all__ = ["Delivering"]

#: Longer than any attempt takes; a sender that died is replaced after it.
_LEASE = timedelta(minutes=1)
#: Events in one notification, and events that are looked at for it.
_MOST_TOLD, _MOST_SEEN = 200, 1000
#: The pause after the first failure; after each further one it is twice as long, up to the longest.
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=1), timedelta(hours=1)
#: A webhook at which nothing arrived for so long is not tried any more until its requester makes it again.
_PATIENCE = timedelta(days=3)
_LEASE_BYTES = 16


class Delivering(Engine):
    """Deliveries to the webhooks of all requesters. Each webhook is told everything, in order, at least once."""

    def list_due_webhooks(self, *, limit: int) -> list[WebhookId]:
        """Return up to `limit` webhooks that may have something to tell and that nobody is telling."""
        if not self._has_webhooks():
            return []
        # What happens by itself, such as an expiry, is to be told even when nobody asks the platform for anything.
        self.settle()
        with self.reading() as transaction:
            rows = transaction.rows("list_due_webhooks", {"now": self.now_stamp(), "count": limit})
        return [WebhookId(str(row["id"])) for row in rows]

    def take_delivery(self, webhook_id: WebhookId) -> Delivery | None:
        """Return the next events for a webhook, which nobody else gets until the lease ends; None if there is nothing to tell now."""
        number, lease = parse_number("webhook", webhook_id), secrets.token_hex(_LEASE_BYTES)
        with self.writing() as books:
            transaction, now = books.transaction, books.now
            until = now + to_microseconds(_LEASE)
            row = transaction.find("lease_webhook", {"id": number, "lease": lease, "now": now, "lease_until": until})
            if row is None:
                return None
            seen = _list_seen(transaction, row)
            told = [event for event in seen if event["kind"] == row["kind"]]
            if told:
                return self._delivery(transaction, row, told, lease=lease, position=seen[-1]["position"])
            position = seen[-1]["position"] if seen else row["cursor"]
            transaction.run("move_webhook", {"id": number, "lease": lease, "cursor": position})
            return None

    def confirm_delivery(self, delivery: Delivery) -> None:
        """Note that the events have arrived; after the lease has gone to somebody else nothing is noted."""
        number = parse_number("webhook", delivery.webhook_id)
        with self.writing() as books:
            books.transaction.run("move_webhook", {"id": number, "lease": delivery.lease, "cursor": delivery.position})

    def release_delivery(self, delivery: Delivery) -> None:
        """Note that nobody delivers any more, and that it is not known whether the events arrived: they are told again."""
        number = parse_number("webhook", delivery.webhook_id)
        with self.writing() as books:
            books.transaction.run("release_webhook", {"id": number, "lease": delivery.lease})

    def fail_delivery(self, delivery: Delivery) -> None:
        """Note that the events have not arrived: they are told again after a pause, unless nothing arrived for days."""
        number = parse_number("webhook", delivery.webhook_id)
        with self.writing() as books:
            transaction, now = books.transaction, books.now
            row = transaction.find("count_webhook_failure", {"id": number, "lease": delivery.lease, "now": now})
            if row is None:
                return
            if now - row["failing_since"] >= to_microseconds(_PATIENCE):
                transaction.run("stop_webhook", {"id": number, "now": now})
            pause = min(_FIRST_PAUSE * 2 ** min(row["failure_count"] - 1, 16), _LONGEST_PAUSE)
            transaction.run("put_off_webhook", {"id": number, "due": now + to_microseconds(pause)})

    def _has_webhooks(self) -> bool:
        with self.reading() as transaction:
            return transaction.find("find_webhook_at_work", {}) is not None

    def _delivery(self, transaction: Transaction, row: Row, told: list[Row], *, lease: str, position: int) -> Delivery:
        project = ProjectId(str(self._catalogue.home(transaction, row["pool_id"]).project_number))
        return Delivery(
            webhook_id=WebhookId(str(row["id"])),
            url=row["url"],
            event_type=row["event_type"],
            secret=row["secret"],
            events=tuple(_told(transaction, event, project_id=project, namespace=UUID(row["token"])) for event in told),
            lease=lease,
            position=position,
        )


def _list_seen(transaction: Transaction, webhook: Row) -> list[Row]:
    """Return the next events of the webhook's pool, up to the last one that fits into a notification."""
    values = {"pool_id": webhook["pool_id"], "after": webhook["cursor"], "count": _MOST_SEEN}
    seen, told_count = [], 0
    for event in transaction.rows("list_events_of_pool", values):
        told_count += event["kind"] == webhook["kind"]
        if told_count > _MOST_TOLD:
            break
        seen.append(event)
    return seen


def _told(transaction: Transaction, event: Row, *, project_id: ProjectId, namespace: UUID) -> ToldEvent:
    number, task, reason = event["assignment_id"], event["task_id"], event["close_reason"]
    page = None if number is None else find_assignment(transaction, number)
    return ToldEvent(
        uuid=str(uuid5(namespace, str(event["position"]))),
        at=to_moment(event["at"]),
        project_id=project_id,
        pool_id=pool_id_of(event["pool_id"]),
        assignment_id=None if page is None else assignment_id_of(page.number),
        task_suite_id=None if page is None else suite_id_of(page),
        task_id=None if task is None else task_id_of(task),
        close_reason=None if reason is None else CloseReason(reason),
    )

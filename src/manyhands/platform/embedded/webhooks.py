"""The requester's side of webhooks: making, finding and removing them."""

from collections.abc import Iterable
from uuid import uuid4

from manyhands.crowd import Delivery, ProjectId, ToldEvent, Webhook, WebhookDraft, WebhookId
from manyhands.errors import NotFound
from manyhands.store import Row, Transaction

from .books import Books
from .engine import Engine
from .events import last_position
from .ids import parse_number, pool_id_of
from .moments import find_moment, to_moment
from .numbering import next_number

__all__ = ["Subscribing"]


class Subscribing(Engine):
    """The webhooks of one requester."""

    def put_webhooks(self, drafts: Iterable[WebhookDraft]) -> list[Webhook]:
        """Make webhooks, all or none, that tell of what happens from now on; return them in the order of the drafts.

        One of the same pool, event type and address is replaced: it keeps its id and what it has not told yet, and goes on if it had stopped.

        Raises:
            NotFound: a pool is not the requester's.
        """
        with self.writing() as books:
            return [self._put_webhook(books, draft) for draft in drafts]

    def list_webhooks(self) -> list[Webhook]:
        """Return the requester's webhooks in order of id."""
        with self.reading() as transaction:
            return [_webhook_of(row) for row in transaction.rows("list_webhooks", {"requester": self._requester})]

    def get_webhook(self, webhook_id: WebhookId) -> Webhook:
        """Return a webhook.

        Raises:
            NotFound: the requester has no such webhook.
        """
        with self.reading() as transaction:
            return _webhook_of(self._own_webhook(transaction, webhook_id))

    def draft_test(self, webhook_id: WebhookId) -> Delivery:
        """Return a delivery that tells of nothing that happened; it is not to be confirmed.

        Raises:
            NotFound: the requester has no such webhook.
        """
        with self.reading() as transaction:
            row = self._own_webhook(transaction, webhook_id)
            project = ProjectId(str(self._catalogue.home(transaction, row["pool_id"]).project_number))
        return Delivery(
            webhook_id=webhook_id,
            url=row["url"],
            event_type=row["event_type"],
            secret=row["secret"],
            events=(
                ToldEvent(
                    uuid=str(uuid4()), at=self.clock.now(), project_id=project, pool_id=pool_id_of(row["pool_id"])
                ),
            ),
            lease="",
            position=0,
        )

    def remove_webhook(self, webhook_id: WebhookId) -> None:
        """Tell nothing more; what is on its way may still arrive."""
        with self.writing() as books:
            row = self._own_webhook(books.transaction, webhook_id)
            books.transaction.run("remove_webhook", {"id": row["id"]})

    def _put_webhook(self, books: Books, draft: WebhookDraft) -> Webhook:
        transaction = books.transaction
        row = transaction.find(
            "put_webhook",
            {
                "id": next_number(transaction, "webhook"),
                "requester": self._requester,
                "pool_id": self.own_pool(transaction, draft.pool_id).number,
                "event_type": draft.event_type,
                "kind": None if draft.kind is None else draft.kind.value,
                "url": draft.url,
                "secret": draft.secret,
                "token": str(uuid4()),
                "created": books.now,
                "cursor": last_position(transaction),
            },
        )
        if row is None:
            raise NotFound(f"the webhook to {draft.event_type} of pool {draft.pool_id} is not there any more")
        return _webhook_of(row)

    def _own_webhook(self, transaction: Transaction, webhook_id: WebhookId) -> Row:
        row = transaction.find("find_webhook", {"id": parse_number("webhook", webhook_id)})
        if row is None or row["requester"] != self._requester:
            raise NotFound(f"requester {self._requester!r} has no webhook subscription {webhook_id}")
        return row


def _webhook_of(row: Row) -> Webhook:
    return Webhook(
        id=WebhookId(str(row["id"])),
        url=row["url"],
        event_type=row["event_type"],
        pool_id=pool_id_of(row["pool_id"]),
        created=to_moment(row["created"]),
        stopped=find_moment(row["stopped"]),
    )

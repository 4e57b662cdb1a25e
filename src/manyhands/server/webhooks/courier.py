"""Bringing what happens to webhooks, in the background of the server."""

import asyncio
import logging

from manyhands.crowd import Delivery, WebhookId
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.server.crew import Crew

from .notifications import write_notification
from .pusher import Pusher

__all__ = ["Courier"]

_LOG = logging.getLogger("manyhands.server")
#: How soon an event is told; what happens meanwhile goes into the same notification.
_PAUSE_S = 0.5
#: How long what is on its way may take when the server ends.
_LAST_PATIENCE_S = 2.0
#: Webhooks that are told something at the same time; one that answers slowly keeps only itself waiting.
_AT_ONCE = 16


class Courier:
    """Tells webhooks what they want to know, each in order, several at a time.

    Args:
        workplace: knows what is to be told, for all requesters.
        pusher: sends it.
        crew: asks the store.
    """

    def __init__(self, workplace: EmbeddedPlatform, pusher: Pusher, crew: Crew) -> None:
        self._workplace = workplace
        self._pusher = pusher
        self._crew = crew
        self._rounds: dict[WebhookId, asyncio.Task[None]] = {}
        self._is_ending = False

    async def run(self) -> None:
        """Deliver until it is cancelled; what does not arrive soon after that is told again later."""
        try:
            while True:
                try:
                    await self._begin_rounds()
                except Exception:  # noqa: BLE001 - the top of the courier: it logs and goes on
                    _LOG.exception("webhooks could not be looked at; it is tried again")
                await asyncio.sleep(_PAUSE_S)
        finally:
            await self._end()

    async def _begin_rounds(self) -> None:
        """Begin to tell webhooks that have something to be told and are not being told."""
        self._rounds = {webhook_id: task for webhook_id, task in self._rounds.items() if not task.done()}
        due = await self._crew.run(self._workplace.list_due_webhooks, limit=_AT_ONCE)
        for webhook_id in due:
            if webhook_id not in self._rounds and len(self._rounds) < _AT_ONCE:
                self._rounds[webhook_id] = asyncio.create_task(self._tell(webhook_id))

    async def _tell(self, webhook_id: WebhookId) -> None:
        try:
            while not self._is_ending:
                delivery = await self._crew.run(self._workplace.take_delivery, webhook_id)
                if delivery is None:
                    return
                await self._bring(delivery)
        except Exception:  # noqa: BLE001 - the top of a task: it logs; the next round tries again
            _LOG.exception("webhook subscription %s could not be told; it is tried again", webhook_id)

    async def _bring(self, delivery: Delivery) -> None:
        try:
            pushed = await self._pusher.push(write_notification(delivery, sent=self._workplace.clock.now()))
        except asyncio.CancelledError:
            await self._crew.run(self._workplace.release_delivery, delivery)
            raise
        if pushed.error is None:
            await self._crew.run(self._workplace.confirm_delivery, delivery)
            return
        # Neither the address nor anything that was sent: both may hold secrets.
        _LOG.warning("webhook subscription %s: %s (status %s)", delivery.webhook_id, pushed.error, pushed.status)
        await self._crew.run(self._workplace.fail_delivery, delivery)

    async def _end(self) -> None:
        self._is_ending = True
        if self._rounds:
            await asyncio.wait(self._rounds.values(), timeout=_LAST_PATIENCE_S)
        for task in self._rounds.values():
            task.cancel()
        await asyncio.gather(*self._rounds.values(), return_exceptions=True)

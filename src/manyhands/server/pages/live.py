"""Pools and their launches as server-sent events: all rows first, then those that change."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Key
from manyhands.server.doorways import Porter
from manyhands.server.office import Office

from .watch import PoolWatch

__all__ = ["live_route"]

_LOOK_S = 1.0
#: A stream ends after so many looks, and the page asks again: nobody whose token was revoked goes on watching, and a server that is told to end
#: need not break off an answer, as it waits longer than that.
_LOOKS = 5


def live_route(office: Office, porter: Porter) -> Route:
    """Return the route of the stream.

    Args:
        office: gives the requester's desk.
        porter: lets requesters in.
    """
    watches: dict[str, PoolWatch] = {}

    async def show(request: Request) -> StreamingResponse:
        requester = await porter.admit(request.scope, request.headers, key=Key.REQUESTER)
        watch = watches.setdefault(requester, PoolWatch())
        mark = request.headers.get("last-event-id", "")
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        tell = _tell(watch, office.requester_desk(requester), mark)
        return StreamingResponse(tell, media_type="text/event-stream", headers=headers)

    return Route("/api/requester/live", show, methods=["GET"])


async def _tell(watch: PoolWatch, desk: RequesterDesk, mark: str) -> AsyncIterator[bytes]:
    """Tell all rows, then those that change; whoever says what was told last hears only what changed since."""
    is_known = watch.knows(mark)
    for _ in range(_LOOKS):
        # Not in the threads of the API: whoever watches must not keep workers waiting.
        changes = await asyncio.to_thread(watch.changes, desk, mark)
        mark = changes.mark
        if changes.rows or not is_known:
            event = b"changes" if is_known else b"launches"
            yield b"id: %s\nevent: %s\ndata: [%s]\n\n" % (mark.encode(), event, b",".join(changes.rows))
        else:
            yield b": nothing new\n\n"
        is_known = True
        await asyncio.sleep(_LOOK_S)

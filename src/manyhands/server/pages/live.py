"""Launches as server-sent events: all rows first, then those that change."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from manyhands.platform.toloka.wire import encode_json
from manyhands.server.doors import Key
from manyhands.server.doorways import Porter
from manyhands.server.office import Office

from .watch import LaunchRow, LaunchWatch

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
    watches: dict[str, LaunchWatch] = {}

    async def show(request: Request) -> StreamingResponse:
        requester = await porter.admit(request.scope, request.headers, key=Key.REQUESTER)
        watch = watches.setdefault(requester, LaunchWatch())
        desk = office.requester_desk(requester)

        async def look() -> list[LaunchRow]:
            # Not in the threads of the API: whoever watches must not keep workers waiting.
            return await asyncio.to_thread(watch.look, desk)

        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(_tell(look), media_type="text/event-stream", headers=headers)

    return Route("/api/requester/live", show, methods=["GET"])


async def _tell(look: Callable[[], Awaitable[list[LaunchRow]]]) -> AsyncIterator[bytes]:
    told: dict[str, bytes] = {}
    for number in range(_LOOKS):
        rows = {row.name: encode_json(row) for row in await look()}
        changed = [text for name, text in rows.items() if told.get(name) != text]
        if number == 0:
            yield b"event: launches\ndata: [" + b",".join(changed) + b"]\n\n"
        elif changed:
            yield b"event: changes\ndata: [" + b",".join(changed) + b"]\n\n"
        else:
            yield b": nothing new\n\n"
        told = rows
        await asyncio.sleep(_LOOK_S)

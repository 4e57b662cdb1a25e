"""Run as a script: the example's cells against a server, in the current folder.

``python launching_process.py URL WAY`` with WAY one of ``own server``, ``public API``, ``far public API``, ``toloka-kit``, ``toloka-kit async``.
"""

import sys
import time
from datetime import timedelta
from importlib import import_module
from typing import Any

import httpx

from manyhands.platform.toloka import Account, TolokaClient, create_toloka_client, open_toloka
from tests.contract.platform.example_cells import TOKEN, read_example

_WAY_S = 0.15


class FarAway(httpx.HTTPTransport):
    """The way to a server on another continent."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request there and back."""
        time.sleep(_WAY_S)
        return super().handle_request(request)


def make_client(url: str, way: str) -> Any:
    """Return what a requester has in hand."""
    match way:
        case "toloka-kit":
            return import_module("toloka.client").TolokaClient(TOKEN, url=url)
        case "toloka-kit async":
            return import_module("toloka.async_client").AsyncTolokaClient(TOKEN, url=url)
        case "public API" | "far public API":
            transport = FarAway() if way.startswith("far") else None
            client = TolokaClient(Account.at(TOKEN, url=url), transport=transport)
            return open_toloka(client, is_public_api_only=True, poll_interval=timedelta(milliseconds=300))
        case _:
            return create_toloka_client(TOKEN, url=url)


def main(url: str, way: str) -> None:
    """Run the cells."""
    before, cells = read_example()
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(before, names)  # noqa: S102 - our own example
    names["toloka_client"] = make_client(url, way)
    exec(cells, names)  # noqa: S102 - as above


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

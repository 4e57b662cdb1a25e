"""Run as a script: the example's cells against a server, in the current folder.

``python launching_process.py URL WAY`` with WAY one of ``own server``, ``public API``, ``toloka-kit``, ``toloka-kit async``.
"""

import sys
from datetime import timedelta
from importlib import import_module
from typing import Any

from manyhands.platform.toloka import create_toloka_client, open_toloka
from tests.contract.platform.example_cells import TOKEN, read_example


def make_client(url: str, way: str) -> Any:
    """Return what a requester has in hand."""
    match way:
        case "toloka-kit":
            return import_module("toloka.client").TolokaClient(TOKEN, url=url)
        case "toloka-kit async":
            return import_module("toloka.async_client").AsyncTolokaClient(TOKEN, url=url)
        case "public API":
            client = create_toloka_client(TOKEN, url=url)
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

"""What the server does from time to time without being asked."""

import asyncio
import logging

from manyhands.errors import ManyhandsError
from manyhands.platform.embedded import EmbeddedPlatform

from .crew import Crew

__all__ = ["keep_tidy"]

_LOG = logging.getLogger("manyhands.server")
_PAUSE_S = 600.0


async def keep_tidy(workplace: EmbeddedPlatform, crew: Crew) -> None:
    """Remove files that nobody handed in, every few minutes, until it is cancelled."""
    while True:
        await crew.run(_tidy, workplace)
        await asyncio.sleep(_PAUSE_S)


def _tidy(workplace: EmbeddedPlatform) -> None:
    try:
        removed_count = workplace.remove_stray_files()
    except ManyhandsError:
        _LOG.exception("files that nobody handed in could not be removed; it is tried again in %d s", _PAUSE_S)
        return
    if removed_count:
        _LOG.info("removed %d files that nobody handed in", removed_count)

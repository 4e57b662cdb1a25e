"""From a client to the adapter that fits its server."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import msgspec

from manyhands.crowd import PlatformFeatures

from .client import TolokaClient
from .own_server import EXTENSION_HEADERS, OwnServer
from .platform import API, TolokaPlatform
from .port_forms import PORT_PATH, Announcement, ServerFeature
from .public_api import PublicApi
from .tariff import TolokaTariff
from .wire import Failure, to_error

__all__ = ["find_requester_id", "open_toloka"]

#: Without these a manyhands server is asked as any other.
_NEEDED = {ServerFeature.EVENTS, ServerFeature.KEYED_BATCHES}
#: A server of our own is asked for the events of all pools at once.
_OWN_INTERVAL = timedelta(seconds=1)
#: Anybody else's is asked pool by pool.
_PUBLIC_INTERVAL = timedelta(seconds=5)


def open_toloka(
    client: TolokaClient,
    *,
    poll_interval: timedelta | None = None,
    is_public_api_only: bool = False,
    tariff: TolokaTariff | None = None,
) -> TolokaPlatform:
    """Return the platform at the other end of a client: a manyhands server where one announces itself, else Toloka or what is like it.

    The platform has connections of its own; the client may be closed afterwards.

    Args:
        client: talks to the server.
        poll_interval: how often the server is asked for news; None means 1 s for a manyhands server and 5 s, for each pool, for any other.
        is_public_api_only: use nothing but Toloka's API, with a manyhands server too.
        tariff: what the platform keeps; None means what Toloka keeps. A manyhands server tells its own.

    Raises:
        PlatformUnavailable: the server does not answer.
        PlatformError: the server does not accept the token.
    """
    announcement = None if is_public_api_only else _find_announcement(client)
    if announcement is None:
        interval = _PUBLIC_INTERVAL if poll_interval is None else poll_interval
        return PublicApi(client.speaking({}), poll_interval=interval, tariff=tariff or TolokaTariff())
    features = PlatformFeatures(
        name=announcement.name,
        has_budgets=ServerFeature.BUDGETS in announcement.features,
        has_exclusive_groups=ServerFeature.EXCLUSIVE_GROUPS in announcement.features,
        poll_interval=_OWN_INTERVAL if poll_interval is None else poll_interval,
        is_remote=True,
    )
    return OwnServer(client.speaking(EXTENSION_HEADERS), features=features)


def find_requester_id(client: TolokaClient) -> str:
    """Return the id of the requester whose token the client has.

    Raises:
        PlatformUnavailable: the server does not answer.
        PlatformError: the server does not accept the token.
    """
    return msgspec.convert(client.get(f"{API}/requester"), _Requester).id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Requester:
    id: str


def _find_announcement(client: TolokaClient) -> Announcement | None:
    answer = client.ask("GET", PORT_PATH)
    if isinstance(answer, Failure):
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise to_error(answer)
        return None
    try:
        announcement = msgspec.convert(answer.document, Announcement)
    except msgspec.ValidationError:
        return None
    return announcement if set(announcement.features) >= _NEEDED else None

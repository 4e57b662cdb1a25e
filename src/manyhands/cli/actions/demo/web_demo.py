"""The demo in a browser: work by hand beside the crowd, and watch the baskets fill."""

import logging
import socket
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

from manyhands.client import start_baskets
from manyhands.crowd import SystemClock
from manyhands.errors import InvalidInput, MissingExtra
from manyhands.platform.embedded import EmbeddedPlatform, InvitationDraft
from manyhands.simulation import VirtualClock, load_rte
from manyhands.store import SqliteStore, Store

from .entailment import BASKETS, BUDGET, FEE_SHARE, PARAMS, control_objects, task_spec
from .people import gather_crowd

try:
    import uvicorn

    from manyhands.server import DEFAULT_REQUESTER, AccountBook, Holder, HolderKind, create_app
except ModuleNotFoundError as error:
    msg = f"The demo in a browser needs {error.name}, which is not installed; run: pip install 'manyhands[server]'"
    raise MissingExtra(msg) from error

__all__ = ["run_web_demo"]

_HOST = "127.0.0.1"
#: Longer than a page that watches is answered at a time.
_GRACE_S = 8


def run_web_demo(
    *, seed: int, port: int, say: Callable[[str], None] = print, show: Callable[[str], object] = webbrowser.open
) -> None:
    """Serve the demo's baskets in real time beside the replayed crowd, until Ctrl-C; nothing of it is kept.

    Args:
        seed: decides everything that is left to chance.
        port: the port to listen on; 0 takes a free one.
        say: shows a line.
        show: opens an address in the browser of this machine.

    Raises:
        InvalidInput: the port is taken.
    """
    listener = _listen(port)
    store = SqliteStore(None)
    # A virtual clock at pace 1 is the real one, with a crowd on it.
    clock = VirtualClock(datetime.now(UTC), pace=1.0)
    platform = EmbeddedPlatform(store, clock=clock, fee_share=FEE_SHARE, seed=seed)
    rte, spec, interrupted = load_rte(), task_spec(), Event()
    gather_crowd(rte, spec, platform=platform, clock=clock, seed=seed).start()
    baskets = {basket: [pair.objects for pair in rte.list_basket(basket)] for basket in BASKETS}
    start_baskets(
        baskets, spec, PARAMS, control_objects(rte), platform, interrupted=interrupted, name="demo", budget=BUDGET
    )
    # By name, as passkeys are not for numbers.
    worker, requester = _links(platform, store, f"http://localhost:{listener.getsockname()[1]}")
    say("Three baskets of real text-entailment pairs, and replayed people who work on them in real time.")
    say(f"  work by hand  {worker}")
    say(f"  watch         {requester}")
    say("Ctrl-C ends it; nothing is kept.")
    show(requester)
    show(worker)
    app = create_app(store, clock=clock, fee_share=FEE_SHARE, workplace=platform, requester=DEFAULT_REQUESTER)
    config = uvicorn.Config(app, log_config=None, log_level=logging.WARNING, timeout_graceful_shutdown=_GRACE_S)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        say("The demo has ended.")
    finally:
        interrupted.set()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((_HOST, port))
    except OSError as error:
        raise InvalidInput(f"the demo cannot listen on port {port}: {error}; choose another --port") from error


def _links(platform: EmbeddedPlatform, store: Store, address: str) -> tuple[str, str]:
    """Return the link for workers and the one for the requester; what opens the door never travels to a log, as it stands behind ``#``."""
    accounts = AccountBook(store, clock=SystemClock())
    accounts.put_requester(DEFAULT_REQUESTER)
    invitation = platform.create_invitation(InvitationDraft(label="demo"))
    token = accounts.issue_token(Holder(HolderKind.REQUESTER, DEFAULT_REQUESTER), label="demo")
    return f"{address}/#/join/{invitation}", f"{address}/requester#/enter/{token}"

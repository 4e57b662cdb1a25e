"""Running the server: addresses, the first token, TLS, an orderly end."""

import logging
import os
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.routing import BaseRoute

from manyhands.crowd import Clock, SystemClock
from manyhands.errors import InvalidInput
from manyhands.store import open_store

from .accounts import AccountBook, Holder, HolderKind
from .app import create_app
from .pages import are_pages_built
from .settings import ServerSettings

__all__ = ["DEFAULT_REQUESTER", "serve"]

#: Whose account the first token opens.
DEFAULT_REQUESTER = "default"
#: Holds the first requester's token, so that scripts know it beforehand.
TOKEN_VARIABLE = "MANYHANDS_REQUESTER_TOKEN"  # noqa: S105 - the name of a variable, not a token
#: Connections that wait to be taken; bots and clients open one per thread, all at once.
_BACKLOG = 2048
#: Longer than clients keep an idle connection, so that none sends into one that is just being closed.
_KEEP_ALIVE_S = 75
_GRACE_S = 10


def serve(
    store_url: str = "sqlite:///manyhands.db",
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    tls_cert: Path | None = None,
    tls_key: Path | None = None,
    settings: ServerSettings | None = None,
    fee_share: float = 0.0,
    clock: Clock | None = None,
    pages: Sequence[BaseRoute] = (),
    say: Callable[[str], None] = print,
    environment: Mapping[str, str] = os.environ,
) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are answered before it returns.

    Args:
        store_url: ``sqlite:///file.db``, ``sqlite://`` (in memory) or ``postgresql://...``.
        host: the address to listen on; only this machine can reach 127.0.0.1.
        port: the port to listen on; 0 takes a free one.
        tls_cert: certificates in PEM; with it the server speaks HTTPS only.
        tls_key: the key in PEM, if it is not in `tls_cert`.
        settings: limits and switches.
        fee_share: what the platform keeps of every reward and bonus.
        clock: the time at which everything happens.
        pages: routes of web pages.
        say: shows a line to whoever started the server.
        environment: where the first token may stand, see `TOKEN_VARIABLE`.

    Raises:
        InvalidInput: the store, the certificate or the address cannot be used.
        PlatformUnavailable: the store does not answer.
    """
    chosen, time = settings or ServerSettings(), clock or SystemClock()
    _check_tls(tls_cert, tls_key)
    store = open_store(store_url)
    try:
        listener = _listen(host, port)
        app = create_app(
            store, clock=time, settings=chosen, fee_share=fee_share, requester=DEFAULT_REQUESTER, pages=pages
        )
        _announce(listener, is_tls=tls_cert is not None, say=say)
        _hand_out_token(AccountBook(store, clock=time), environment.get(TOKEN_VARIABLE, ""), say=say)
        if chosen.is_testing:
            say("Testing: anybody who can reach this server can register workers and give out money.")
        config = uvicorn.Config(
            app,
            http="httptools",
            backlog=_BACKLOG,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_GRACE_S,
            access_log=False,
            server_header=False,
            log_config=None,
            log_level=logging.WARNING,
            ssl_certfile=tls_cert,
            ssl_keyfile=tls_key,
        )
        _Server(config).run(sockets=[listener])
    finally:
        store.close()


class _Server(uvicorn.Server):
    """Ends on signals and returns, where uvicorn would send itself the signal again and leave the store open."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _check_tls(cert: Path | None, key: Path | None) -> None:
    if cert is None:
        if key is not None:
            raise InvalidInput(f"--tls-key {key} needs --tls-cert")
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key)
    except OSError as error:
        raise InvalidInput(f"certificate {cert} and key {key or cert} cannot be used: {error}") from error


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        message = f"the server cannot listen on {host} port {port}: {error}; choose another --host or --port"
        raise InvalidInput(message) from error


def _announce(listener: socket.socket, *, is_tls: bool, say: Callable[[str], None]) -> None:
    host, port = listener.getsockname()[:2]
    scheme = "https" if is_tls else "http"
    shown = f"[{host}]" if ":" in host else host
    address = f"{scheme}://{shown}:{port}"
    say(f"manyhands serves {address}")
    if are_pages_built():
        say(f"  workers        {address}/")
        say(f"  requesters     {address}/requester")
    else:
        say("  pages          are not built; in a checkout: bash scripts/web.sh")
    say(f"  requester API  {address}/api/v1")
    if not is_tls and not host.startswith(("127.", "::1")):
        say("  Tokens travel unprotected: use --tls-cert, or a proxy that speaks HTTPS.")


def _hand_out_token(accounts: AccountBook, given: str, *, say: Callable[[str], None]) -> None:
    holder = Holder(HolderKind.REQUESTER, DEFAULT_REQUESTER)
    accounts.put_requester(DEFAULT_REQUESTER)
    if given:
        accounts.put_token(given, holder, label=TOKEN_VARIABLE)
    elif not any(token.holder == holder and token.revoked is None for token in accounts.list_tokens(holder.name)):
        say(f"  requester token  {accounts.issue_token(holder, label='first')}  (shown this once)")

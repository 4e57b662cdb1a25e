"""The built pages: three documents and their assets, with headers that keep everything foreign out."""

import gzip
import mimetypes
import re
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

__all__ = ["SECURITY_HEADERS", "asset_routes"]

#: Scripts, styles and connections are ours alone. Pictures, recordings and frames may come from where a requester keeps them, over HTTPS.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "img-src 'self' data: blob: https:; media-src 'self' data: blob: https:; frame-src https:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()",
}
_NAME = re.compile(r"[\w-][\w.-]*")
_DOCUMENTS = {"/": "worker.html", "/requester": "requester.html", "/preview": "preview.html"}
#: The names of assets hold a digest of their content.
_FOREVER = "public, max-age=31536000, immutable"
_LARGE = 1024
_MISSING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>manyhands</title>
<h1>The pages are not built</h1><p>The API works. To build the pages, run this in the checkout and reload:</p>
<pre>bash scripts/web.sh</pre></html>"""


def asset_routes() -> list[BaseRoute]:
    """Return the routes of the built pages; where they are not built, a plain page says how to build them."""
    documents = [Route(path, _show_document, methods=["GET"]) for path in _DOCUMENTS]
    return [*documents, Route("/assets/{name}", _show_asset, methods=["GET"])]


def _show_document(request: Request) -> Response:
    content = _read(_DOCUMENTS[request.url.path])
    if content is None:
        return Response(_MISSING, status_code=503, media_type="text/html", headers=SECURITY_HEADERS)
    return Response(content, media_type="text/html", headers={**SECURITY_HEADERS, "cache-control": "no-cache"})


def _show_asset(request: Request) -> Response:
    name = request.path_params["name"]
    content = _read_asset(name) if _NAME.fullmatch(name) else None
    if content is None:
        return Response("There is no such file.", status_code=404, media_type="text/plain", headers=SECURITY_HEADERS)
    headers = {**SECURITY_HEADERS, "cache-control": _FOREVER, "vary": "accept-encoding"}
    if len(content) >= _LARGE and "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["content-encoding"] = _compressed(name, content), "gzip"
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(content, media_type=media_type, headers=headers)


def _read(name: str) -> bytes | None:
    file = files(__package__).joinpath("dist", name)
    return file.read_bytes() if file.is_file() else None


@cache
def _compressed(_name: str, content: bytes) -> bytes:
    return gzip.compress(content)


def _read_asset(name: str) -> bytes | None:
    return _read(f"assets/{name}")

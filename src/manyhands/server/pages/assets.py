"""The built pages: three documents and their assets, with headers that keep everything foreign out."""

import gzip
import json
import mimetypes
import re
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from manyhands.server.visitors import SESSION_COOKIE

__all__ = ["SECURITY_HEADERS", "are_pages_built", "asset_routes"]

#: The style sheet that wavesurfer.js puts into the forms of recordings it draws; where another release has another one, the browser says its digest
#: in the console, and the tests of the pages fail. `web/vite.preview.config.ts` has the same.
_WAVEFORM_STYLE = "'sha256-GDz2FZP0i7VZaDhs1mgc43IRUXU2xajPIjvThHvZvbs='"
#: Scripts, styles and connections are ours alone. Pictures, recordings and frames may come from where a requester keeps them, over HTTPS.
_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {_WAVEFORM_STYLE}; font-src 'self'; connect-src 'self' data: blob:; "
    "manifest-src 'self'; "
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
_BROTLI = re.compile(r"\bbr\b")
_DOCUMENTS = {"/": "worker", "/requester": "requester", "/preview": "preview"}
#: The names of assets hold a digest of their content.
_FOREVER = "public, max-age=31536000, immutable"
_LARGE = 1024
#: English is part of every page.
_BUILT_IN = "en"
#: What somebody who is not signed in is shown first.
_ENTRANCE = "/api/worker/entrance"
_MISSING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>manyhands</title>
<h1>The pages are not built</h1><p>The API works. To build the pages, run this in the checkout and reload:</p>
<pre>bash scripts/web.sh</pre></html>"""


def are_pages_built() -> bool:
    """Return whether the pages that belong to the package are there; an installed package has them, a fresh checkout has not."""
    return _own_folder().joinpath("worker.html").is_file()


def asset_routes(folder: Traversable | None = None) -> list[BaseRoute]:
    """Return the routes of the built pages; where they are not built, a plain page says how to build them.

    Args:
        folder: what the build has written; None for what belongs to the package.
    """
    shelf = _Shelf(folder or _own_folder())
    documents = [Route(path, shelf.show_document, methods=["GET"]) for path in _DOCUMENTS]
    return [*documents, Route("/assets/{name}", shelf.show_asset, methods=["GET"])]


def _own_folder() -> Traversable:
    return files(__package__).joinpath("dist")


class _Shelf:
    """Documents and assets of a folder."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._compressed: dict[str, bytes] = {}
        self._locales: dict[str, dict[str, str]] = {}

    def show_document(self, request: Request) -> Response:
        name = _DOCUMENTS[request.url.path]
        content = self._read(f"{name}.html")
        if content is None:
            return Response(_MISSING, status_code=503, media_type="text/html", headers=SECURITY_HEADERS)
        headers = {**SECURITY_HEADERS, "cache-control": "no-cache"}
        ahead = self._list_ahead(name, request)
        if ahead:
            headers["link"] = ", ".join(ahead)
        return Response(content, media_type="text/html", headers=headers)

    def show_asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        content = self._read(f"assets/{name}") if _NAME.fullmatch(name) else None
        if content is None:
            return Response(
                "There is no such file.", status_code=404, media_type="text/plain", headers=SECURITY_HEADERS
            )
        headers = {**SECURITY_HEADERS, "cache-control": _FOREVER, "vary": "accept-encoding"}
        encoding, content = self._compress(name, content, accepted=request.headers.get("accept-encoding", ""))
        if encoding:
            headers["content-encoding"] = encoding
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(content, media_type=media_type, headers=headers)

    def _compress(self, name: str, content: bytes, *, accepted: str) -> tuple[str, bytes]:
        """Return the smallest form that is accepted: Brotli as the build has made it, or gzip."""
        if len(content) < _LARGE:
            return "", content
        smallest = self._read(f"assets/{name}.br") if _BROTLI.search(accepted) else None
        if smallest is not None:
            return "br", smallest
        if "gzip" not in accepted:
            return "", content
        if name not in self._compressed:
            self._compressed[name] = gzip.compress(content)
        return "gzip", self._compressed[name]

    def _list_ahead(self, document: str, request: Request) -> list[str]:
        """Return what a page is going to ask for; else it would do so only after its script has come, and a slow line would show it later."""
        locales = self._find_locales(document)
        wanted = request.headers.get("accept-language", "").split(",")
        codes = (part.split(";")[0].split("-")[0].strip().lower() for part in wanted)
        language = next((code for code in codes if code == _BUILT_IN or code in locales), _BUILT_IN)
        ahead = [f"</{locales[language]}>; rel=modulepreload"] if language in locales else []
        if document == "worker" and SESSION_COOKIE not in request.cookies:
            ahead.append(f"<{_ENTRANCE}?language={language}>; rel=preload; as=fetch; crossorigin")
        return ahead

    def _find_locales(self, document: str) -> dict[str, str]:
        if document not in self._locales:
            self._locales[document] = _locales_of(document, self._read(f"{document}.json") or b"{}")
        return self._locales[document]

    def _read(self, name: str) -> bytes | None:
        file = self._folder.joinpath(name)
        return file.read_bytes() if file.is_file() else None


def _locales_of(document: str, manifest: bytes) -> dict[str, str]:
    """Return the locale files of a page by language, as its build has named them."""
    pattern = re.compile(rf"src/{document}/locale/(\w+)\.json")
    found = ((pattern.fullmatch(source), entry["file"]) for source, entry in json.loads(manifest).items())
    return {match[1]: file for match, file in found if match}

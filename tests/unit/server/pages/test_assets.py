"""How built pages are served: few bytes, and what a page needs first named ahead."""

import json
from pathlib import Path

import pytest
from starlette.routing import Router
from starlette.testclient import TestClient

from manyhands.server.pages import asset_routes

_SCRIPT = "export const a = 1;\n" * 100


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A browser, and a built page with one script, a small one, and words in Russian."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "worker.html").write_text("<!doctype html>")
    manifest = {
        "src/worker/locale/ru.json": {"file": "assets/ru-1.js"},
        "src/locale/fr.json": {"file": "assets/fr-1.js"},
    }
    (tmp_path / "worker.json").write_text(json.dumps(manifest))
    (assets / "large.js").write_text(_SCRIPT)
    (assets / "large.js.br").write_bytes(b"as the build has compressed it")
    (assets / "plain.js").write_text(_SCRIPT)
    (assets / "small.js").write_text("a")
    return TestClient(Router(asset_routes(tmp_path)))


@pytest.mark.parametrize(
    ("name", "accepted", "encoding"),
    [
        ("large.js", "gzip, deflate, br", "br"),
        ("large.js", "gzip", "gzip"),
        ("large.js", "identity", None),
        ("large.js", "gzip, x-brisk", "gzip"),
        ("plain.js", "gzip, br", "gzip"),
        ("small.js", "gzip, br", None),
    ],
)
def test_an_asset_comes_in_the_smallest_form_that_the_browser_takes(
    client: TestClient, name: str, accepted: str, encoding: str | None
) -> None:
    """Brotli where the build made it, else gzip; what fits into a packet comes as it is."""
    with client.stream("GET", f"/assets/{name}", headers={"accept-encoding": accepted}) as answer:
        content = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert int(answer.headers["content-length"]) == len(content)
    assert (content == b"as the build has compressed it") is (encoding == "br")


@pytest.mark.parametrize(
    ("wanted", "link"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "</assets/ru-1.js>; rel=modulepreload"),
        ("eo,ru", "</assets/ru-1.js>; rel=modulepreload"),
        ("en-GB,ru;q=0.5", None),
        ("fr", None),
        ("", None),
    ],
)
def test_the_words_of_the_page_are_named_with_it(client: TestClient, wanted: str, link: str | None) -> None:
    """A browser that wants another language than English learns at once where its words are."""
    answer = client.get("/", headers={"accept-language": wanted, "cookie": "manyhands_worker=token"})
    assert answer.headers.get("link") == link
    assert answer.headers["cache-control"] == "no-cache"


def test_who_is_not_signed_in_gets_the_entrance_ahead(client: TestClient) -> None:
    """In the language of the page; who is signed in needs none."""
    answer = client.get("/", headers={"accept-language": "ru"})
    words, entrance = answer.headers["link"].split(", ")
    assert words == "</assets/ru-1.js>; rel=modulepreload"
    assert entrance == "</api/worker/entrance?language=ru>; rel=preload; as=fetch; crossorigin"


def test_pages_that_are_not_built_say_how_to_build_them(tmp_path: Path) -> None:
    """The API works without them."""
    answer = TestClient(Router(asset_routes(tmp_path))).get("/")
    assert answer.status_code == 503
    assert "bash scripts/web.sh" in answer.text

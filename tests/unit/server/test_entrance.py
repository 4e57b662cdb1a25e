"""How workers come in: joining, signing in, signing out, and what no page of another site can do."""

from typing import Any

import pytest

from manyhands.server import ConsentText
from manyhands.server.accounts import OWN_CONSENT_VERSION
from tests.unit.server.authenticator import Authenticator
from tests.unit.server.front_desk import FrontDesk, task_form
from tests.unit.server.visitors_at_door import GOOD_PASSWORD, BrowserVisitor

SESSION, SESSIONS = "/api/worker/session", "/api/worker/sessions"
PASSWORD = {"name": "Ada", "password": GOOD_PASSWORD}
AGREED = {"consent": OWN_CONSENT_VERSION}


@pytest.fixture
def eva(desk: FrontDesk) -> BrowserVisitor:
    """Return somebody with a browser."""
    return BrowserVisitor(desk)


@pytest.mark.parametrize(("scheme", "mark"), [("http", set()), ("https", {"Secure"})])
def test_the_cookie_is_kept_from_scripts_foreign_pages_and_the_wire(
    desk: FrontDesk, scheme: str, mark: set[str]
) -> None:
    """HttpOnly, SameSite=Strict, and Secure under TLS: on joining, on coming in, and on going."""
    visitor = BrowserVisitor(desk, f"{scheme}://testserver")
    visitor.join(password=PASSWORD)
    invitation = desk.ann.ask("POST", "/api/requester/invitations", {})["token"]
    answers = [
        visitor.send("POST", SESSIONS, {**AGREED, "invitation": invitation}),
        visitor.send("POST", SESSION, PASSWORD),
        visitor.send("DELETE", SESSION),
    ]
    for answer in answers:
        parts = set(answer.headers["set-cookie"].split("; ")[1:])
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= parts
        assert parts & {"Secure"} == mark


def test_a_browser_gets_no_token_that_a_script_could_read(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """The cookie is enough; programs, which have none, are given the token."""
    assert eva.join()["token"] == ""
    invitation = desk.ann.ask("POST", "/api/requester/invitations", {})["token"]
    joined = desk.client.post(SESSIONS, json={**AGREED, "invitation": invitation})
    assert joined.json()["token"] in joined.headers["set-cookie"]


FOREIGN = [
    pytest.param({"content_type": "text/plain"}, id="a form of another site"),
    pytest.param({"content_type": "application/x-www-form-urlencoded"}, id="an old form"),
    pytest.param({"sec_fetch_site": "cross-site"}, id="another site"),
    pytest.param({"sec_fetch_site": "same-site"}, id="another port or subdomain"),
]


@pytest.mark.parametrize("said", FOREIGN)
def test_a_page_of_another_site_cannot_change_anything(eva: BrowserVisitor, said: dict[str, str]) -> None:
    """Neither with the worker's cookie nor by bringing the browser into another account."""
    eva.join(password=PASSWORD)
    before = eva.ask("GET", "/api/worker/profile")
    for method, path, body in (
        ("PUT", "/api/worker/profile", {"country": "FR"}),
        ("POST", "/api/worker/keys", None),
        ("POST", "/api/worker/invitations", {"invitation": "x"}),
        ("DELETE", SESSIONS, None),
    ):
        assert eva.refusal(method, path, body, **said) == (401, "AUTHENTICATION_ERROR")
    for method, path, body in (
        ("POST", SESSION, PASSWORD),
        ("DELETE", SESSION, None),
        ("POST", SESSIONS, AGREED),
        ("POST", "/api/worker/entrance/passkey", None),
    ):
        assert eva.refusal(method, path, body, **said) == (400, "VALIDATION_ERROR")
    assert eva.ask("GET", "/api/worker/profile") == before


def test_a_browser_that_says_little_is_known_by_its_origin(desk: FrontDesk) -> None:
    """Without Sec-Fetch-Site the address of the page counts; programs say neither."""
    visitor = BrowserVisitor(desk)
    visitor.join()
    del visitor._said["sec-fetch-site"]
    path, form = "/api/worker/profile", {"name": "Eva"}
    assert visitor.refusal("PUT", path, form, origin="http://evil.example") == (401, "AUTHENTICATION_ERROR")
    assert visitor.refusal("PUT", path, form, origin="http://testserver:81") == (401, "AUTHENTICATION_ERROR")
    assert visitor.send("PUT", path, form).is_success


def test_nothing_is_changed_by_reading(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """No door that changes something opens to GET, which links of other sites send too."""
    eva.join(password=PASSWORD)
    account = eva.ask("GET", "/api/worker/account")
    document = desk.client.get("/api/openapi.json").json()
    changing = [
        path for path, methods in document["paths"].items() if path.startswith("/api/worker") and "get" not in methods
    ]
    assert len(changing) > 10
    for path in changing:
        assert eva.send("GET", path.replace("{id}", "1")).status_code in {401, 404, 405}
    assert eva.ask("GET", "/api/worker/account") == account


def test_an_invitation_is_shown_before_it_is_accepted(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """What it brings, without using it up; a dead one is refused."""
    pool_id = desk.pool(task_form())
    form = {"pool_id": pool_id, "skill": "expert", "max_uses": 1}
    code = desk.ann.ask("POST", "/api/requester/invitations", form)["token"]
    path = "/api/worker/entrance/invitation"
    for _ in range(2):
        offer = eva.ask("POST", path, {"invitation": code})
        assert offer == {"pool_id": pool_id, "title": "Cats and dogs", "is_for_experts": True}
    assert eva.join(invitation=code)["pool_id"] == pool_id
    assert BrowserVisitor(desk).refusal("POST", path, {"invitation": code}) == (403, "INVITATION_OVER")


def test_one_joins_with_a_password_and_comes_in_with_it(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """On any device; the name counts whatever its case."""
    eva.join(password=PASSWORD)
    phone = BrowserVisitor(desk)
    phone.ask("POST", SESSION, {"name": "ADA", "password": GOOD_PASSWORD})
    assert phone.worker_id() == eva.worker_id()


def test_one_joins_with_a_passkey_and_comes_in_with_it(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """The passkey is made before the account, and both are kept together."""
    device = Authenticator()
    code = desk.ann.ask("POST", "/api/requester/invitations", {})["token"]
    options = eva.ask("POST", "/api/worker/entrance/new-passkey", {"invitation": code})["options"]
    eva.join(invitation=code, passkey={"passkey": device.make(options), "label": "phone"})
    other = BrowserVisitor(desk)
    assert other.use_passkey(device).status_code == 201
    assert other.worker_id() == eva.worker_id()
    assert [one["label"] for one in eva.ask("GET", "/api/worker/account")["passkeys"]] == ["phone"]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"password": {"name": "x", "password": GOOD_PASSWORD}}, "NAME_UNSUITABLE"),
        ({"password": {"name": "ada", "password": "short"}}, "PASSWORD_UNSUITABLE"),
        ({"password": {"name": "TAKEN", "password": GOOD_PASSWORD}}, "NAME_TAKEN"),
        ({"consent": "an older text"}, "CONSENT_OUTDATED"),
        ({"country": "Germany"}, "VALIDATION_ERROR"),
    ],
)
def test_a_form_that_cannot_be_costs_no_use_of_the_invitation(
    desk: FrontDesk, eva: BrowserVisitor, form: dict[str, Any], code: str
) -> None:
    """Nothing of it is kept: with the same invitation one joins rightly afterwards."""
    BrowserVisitor(desk).join(password={"name": "taken", "password": GOOD_PASSWORD})
    invitation = desk.ann.ask("POST", "/api/requester/invitations", {"max_uses": 1})["token"]
    assert eva.refusal("POST", SESSIONS, {**AGREED, "invitation": invitation, **form}) == (400, code)
    assert eva.cookie == ""
    eva.join(invitation=invitation, password=PASSWORD)


def test_nobody_joins_uninvited_unless_the_server_says_so(eva: BrowserVisitor) -> None:
    """The default is closed; to come in again never takes an invitation."""
    assert eva.ask("GET", "/api/worker/entrance")["is_sign_up_open"] is False
    for path, form in (
        (SESSIONS, {**AGREED, "password": PASSWORD}),
        ("/api/worker/entrance/new-passkey", {"invitation": ""}),
    ):
        assert eva.refusal("POST", path, form) == (403, "INVITATION_NEEDED")


def test_an_open_server_wants_a_password_or_a_passkey() -> None:
    """Somebody uninvited who could never come back is not let in."""
    desk = FrontDesk(is_sign_up_open=True)
    visitor = BrowserVisitor(desk)
    assert visitor.ask("GET", "/api/worker/entrance")["is_sign_up_open"] is True
    assert visitor.refusal("POST", SESSIONS, AGREED) == (400, "VALIDATION_ERROR")
    visitor.join(invitation="", password=PASSWORD)
    device, other = Authenticator(), BrowserVisitor(desk)
    options = other.ask("POST", "/api/worker/entrance/new-passkey", {"invitation": ""})["options"]
    other.join(invitation="", passkey={"passkey": device.make(options)})
    assert other.use_passkey(device).is_success


def test_who_comes_in_wrongly_is_told_the_same_whatever_was_wrong(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """An unknown name and a wrong password cannot be told apart; after ten tries one waits."""
    BrowserVisitor(desk).join(password=PASSWORD)
    answers = [
        eva.send("POST", SESSION, {"name": name, "password": "wrong but long enough"}).json() for name in ("ada", "bea")
    ]
    assert answers[0]["code"] == answers[1]["code"] == "AUTHENTICATION_ERROR"
    assert answers[0]["message"] == answers[1]["message"]
    codes = {
        name: [eva.send("POST", SESSION, {"name": name}).status_code for _ in range(11)] for name in ("ada", "bea")
    }
    assert codes["ada"] == codes["bea"] == [401] * 9 + [429] * 2
    assert eva.send("POST", SESSION, PASSWORD).json()["payload"]["wait_seconds"] == 900
    desk.clock.move(minutes=15)
    assert eva.send("POST", SESSION, PASSWORD).status_code == 201


def test_signing_in_changes_the_session_and_signing_out_ends_it(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """A token that somebody knew before is worth nothing afterwards."""
    eva.join(password=PASSWORD)
    before = eva.cookie
    eva.ask("POST", SESSION, PASSWORD)
    after = eva.cookie
    assert after not in {"", before}
    assert desk.accounts.find_holder(before) is None
    eva.ask("DELETE", SESSION)
    assert eva.cookie == ""
    assert desk.accounts.find_holder(after) is None
    eva.ask("DELETE", SESSION)


def test_passkeys_need_a_name(desk: FrontDesk) -> None:
    """Under a number no passkey is offered, and the refusal says what to do."""
    visitor = BrowserVisitor(desk, "http://127.0.0.1:8000")
    answer = visitor.send("POST", "/api/worker/entrance/passkey")
    assert (answer.status_code, answer.json()["code"]) == (400, "PASSKEY_REFUSED")
    assert "localhost" in answer.json()["message"]


def test_a_server_has_a_text_of_its_own_to_agree_to() -> None:
    """In the language that is asked for; its version changes with every word, and the moment of agreeing is kept."""
    text = ConsentText({"en": "Be kind.", "ru": "Будьте добры."})
    desk = FrontDesk(consent=text)
    visitor = BrowserVisitor(desk)
    shown = {
        language: visitor.ask("GET", f"/api/worker/entrance?language={language}")["consent"]["text"]
        for language in ("ru", "en", "de")
    }
    assert shown == {"ru": "Будьте добры.", "en": "Be kind.", "de": "Be kind."}
    assert text.version != ConsentText({"en": "Be kind!", "ru": "Будьте добры."}).version
    visitor.join(consent=text.version)
    profile = visitor.ask("GET", "/api/worker/profile")
    assert (profile["is_consent_needed"], profile["agreed"]) == (False, "2026-01-01T00:00:00Z")


def test_a_new_text_is_agreed_to_again() -> None:
    """Workers who agreed to an older one are asked, and only for the text that holds now."""
    old, new = ConsentText({"": "Old."}), ConsentText({"": "New."})
    desk = FrontDesk(consent=old)
    visitor = BrowserVisitor(desk)
    visitor.join(consent=old.version)
    visitor._desk = FrontDesk(desk.store, consent=new)
    assert visitor.ask("GET", "/api/worker/profile")["is_consent_needed"] is True
    assert visitor.refusal("POST", "/api/worker/consent", {"version": old.version}) == (400, "CONSENT_OUTDATED")
    visitor.ask("POST", "/api/worker/consent", {"version": new.version})
    assert visitor.ask("GET", "/api/worker/profile")["is_consent_needed"] is False

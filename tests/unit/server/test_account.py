"""A worker's own account: what they told, what they come in with, where they are in."""

from typing import Any

import pytest

from manyhands.server.accounts import OWN_CONSENT_VERSION
from tests.unit.server.authenticator import Authenticator
from tests.unit.server.front_desk import FrontDesk, task_form
from tests.unit.server.visitors_at_door import GOOD_PASSWORD, BrowserVisitor

OTHER_PASSWORD = "blue goat, yellow door"  # noqa: S105 - opens servers that live for one test
ACCOUNT, PROFILE, SESSION = "/api/worker/account", "/api/worker/profile", "/api/worker/session"


@pytest.fixture
def eva(desk: FrontDesk) -> BrowserVisitor:
    """Return a worker who came by invitation and has nothing to come back with."""
    visitor = BrowserVisitor(desk)
    visitor.join(name="Eva", languages=["de"], country="DE", birth_date="1990-05-17")
    return visitor


def _profile(**changes: Any) -> dict[str, Any]:
    told = {"name": "Eva", "languages": ["DE"], "country": "DE", "birth_year": 1990, "is_adult_content_allowed": False}
    return {**told, **changes}


def test_a_worker_tells_otherwise_and_filters_see_it(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """A pool that was closed to them opens with the next page."""
    reads_russian = {"and": [{"or": [{"category": "profile", "key": "languages", "operator": "IN", "value": "RU"}]}]}
    pool_id = desk.pool(task_form(), filter=reads_russian)
    path = f"/api/worker/pools/{pool_id}/next"
    assert eva.ask("POST", path)["reason"] == "filtered"
    eva.ask("PUT", PROFILE, _profile(languages=["de", "ru"]))
    assert eva.ask("POST", path)["page"] is not None


def test_the_year_of_birth_and_the_country_are_changed_rarely(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """What is not told otherwise is no change; the profile says what may be changed when."""
    same = eva.ask("PUT", PROFILE, _profile())
    assert (same["is_birth_year_open"], same["country_open_from"]) == (True, None)
    changed = eva.ask("PUT", PROFILE, _profile(birth_year=1991, country="FR"))
    assert (changed["is_birth_year_open"], changed["country_open_from"]) == (False, "2026-01-31T00:00:00Z")
    for late in (_profile(birth_year=1990, country="FR"), _profile(birth_year=1991, country="DE")):
        assert eva.refusal("PUT", PROFILE, late) == (400, "INAPPROPRIATE_STATUS")
    desk.clock.move(days=30)
    assert eva.ask("PUT", PROFILE, _profile(birth_year=1991))["country"] == "DE"


@pytest.mark.parametrize("wrong", [{"birth_year": 0}, {"birth_year": 10000}, {"birth_year": 1700}, {"country": "x"}])
def test_a_profile_that_cannot_be_is_refused(eva: BrowserVisitor, wrong: dict[str, Any]) -> None:
    """With the field that is wrong."""
    assert eva.refusal("PUT", PROFILE, _profile(**wrong)) == (400, "VALIDATION_ERROR")


def test_requesters_see_a_number_and_what_filters_ask_for(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """Neither name nor year of birth nor anything that the worker comes in with."""
    eva.ask("POST", "/api/worker/password", {"name": "secret-name", "password": GOOD_PASSWORD})
    shown = desk.ann.get(f"/api/v1/user-metadata/{eva.worker_id()}")
    assert shown == {
        "id": eva.worker_id(),
        "country": "DE",
        "languages": ["DE"],
        "attributes": {},
        "adult_allowed": False,
    }


def test_an_invitation_brings_a_worker_its_skill_without_a_second_account(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """They stay who they are; a dead invitation brings nothing."""
    pool_id, worker_id = desk.pool(task_form()), eva.worker_id()
    form = {"pool_id": pool_id, "skill": "expert", "label": "experts"}
    code = desk.ann.ask("POST", "/api/requester/invitations", form)["token"]
    for _ in range(2):
        assert eva.ask("POST", "/api/worker/invitations", {"invitation": code})["pool_id"] == pool_id
    (entry,) = [one for one in desk.ann.get("/api/requester/invitations")["items"] if one["label"] == "experts"]
    assert (entry["use_count"], entry["skill"], entry["is_open"]) == (1, "expert", True)
    (skill,) = desk.ann.get("/api/v1/user-skills", user_id=worker_id)["items"]
    assert (skill["skill_id"], skill["exact_value"]) == (entry["skill_id"], 100)
    assert eva.worker_id() == worker_id
    assert eva.refusal("POST", "/api/worker/invitations", {"invitation": "x"}) == (403, "INVITATION_OVER")


def test_a_worker_by_link_adds_a_password_changes_and_removes_it(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """A second one is not added; changing needs the current one and ends all other sessions."""
    path = "/api/worker/password"
    form = {"name": "Eva", "password": GOOD_PASSWORD}
    assert eva.ask("GET", ACCOUNT)["user_name"] is None
    eva.ask("POST", path, form)
    assert eva.refusal("POST", path, {**form, "name": "eva2"}) == (400, "VALIDATION_ERROR")
    phone = BrowserVisitor(desk)
    phone.ask("POST", SESSION, form)
    wrong = {"current": "not the one they have", "password": OTHER_PASSWORD}
    assert eva.refusal("PUT", path, wrong) == (403, "PASSWORD_WRONG")
    eva.ask("PUT", path, {"current": GOOD_PASSWORD, "password": OTHER_PASSWORD})
    assert phone.refusal("GET", PROFILE) == (401, "AUTHENTICATION_ERROR")
    phone.ask("POST", SESSION, {"name": "eva", "password": OTHER_PASSWORD})
    eva.ask("DELETE", path)
    assert eva.ask("GET", ACCOUNT)["user_name"] is None
    assert phone.refusal("POST", SESSION, {"name": "eva", "password": OTHER_PASSWORD})[0] == 401


def test_guesses_of_the_current_password_are_limited(eva: BrowserVisitor) -> None:
    """Who got hold of a session cannot find out the password."""
    eva.ask("POST", "/api/worker/password", {"name": "Eva", "password": GOOD_PASSWORD})
    wrong = {"current": "guess", "password": OTHER_PASSWORD}
    codes = [eva.send("PUT", "/api/worker/password", wrong).status_code for _ in range(11)]
    assert codes == [403] * 10 + [429]


def test_a_worker_by_link_adds_passkeys_and_removes_them(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """A removed one opens nothing; one made for somebody else is not added."""
    device, worker_id = Authenticator(), eva.worker_id()
    eva.add_passkey(device)
    other = BrowserVisitor(desk)
    other.join()
    options = other.ask("POST", "/api/worker/passkeys/options")["options"]
    stolen = {"passkey": Authenticator(number=2).make(options)}
    assert eva.refusal("POST", "/api/worker/passkeys", stolen) == (400, "PASSKEY_REFUSED")
    assert other.use_passkey(device).status_code == 201
    assert other.worker_id() == worker_id
    (shown,) = eva.ask("GET", ACCOUNT)["passkeys"]
    assert (shown["site"], shown["label"]) == ("testserver", "phone")
    eva.ask("DELETE", f"/api/worker/passkeys/{shown['id']}")
    assert other.use_passkey(device).status_code == 400


def test_a_passkey_of_an_account_makes_no_second_one(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """What was made to be added cannot be joined with."""
    options = eva.ask("POST", "/api/worker/passkeys/options")["options"]
    invitation = desk.ann.ask("POST", "/api/requester/invitations", {})["token"]
    form = {"passkey": {"passkey": Authenticator().make(options)}, "invitation": invitation}
    answer = BrowserVisitor(desk).refusal("POST", "/api/worker/sessions", {"consent": OWN_CONSENT_VERSION, **form})
    assert answer == (400, "INAPPROPRIATE_STATUS")


def test_sessions_are_listed_and_ended(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """One by one, or everywhere at once, here too; keys go on until they are ended themselves."""
    key = eva.ask("POST", "/api/worker/keys")["key"]
    phone = BrowserVisitor(desk, **{"user-agent": "Phone"})
    phone.ask("POST", SESSION, {"key": key})
    shown = eva.ask("GET", ACCOUNT)["sessions"]
    assert sorted((one["device"], one["is_here"]) for one in shown) == [
        ("Firefox of the tests", True),
        ("Phone", False),
    ]
    eva.ask("DELETE", f"/api/worker/sessions/{next(one['id'] for one in shown if not one['is_here'])}")
    assert phone.refusal("GET", PROFILE)[0] == 401
    phone.ask("POST", SESSION, {"key": key})
    eva.ask("DELETE", "/api/worker/sessions")
    assert eva.cookie == ""
    assert phone.refusal("GET", PROFILE)[0] == 401
    phone.ask("POST", SESSION, {"key": key})
    (entry,) = phone.ask("GET", ACCOUNT)["keys"]
    phone.ask("DELETE", f"/api/worker/keys/{entry['id']}")
    assert eva.refusal("POST", SESSION, {"key": key}) == (401, "AUTHENTICATION_ERROR")
    assert phone.ask("GET", ACCOUNT)["keys"] == []


def test_a_worker_reaches_nothing_of_another(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """Foreign sessions, keys and passkeys are answered like missing ones."""
    eva.ask("POST", "/api/worker/keys")
    eva.add_passkey(Authenticator())
    account = eva.ask("GET", ACCOUNT)
    other = BrowserVisitor(desk)
    other.join()
    for part in ("sessions", "keys", "passkeys"):
        answer = other.refusal("DELETE", f"/api/worker/{part}/{account[part][0]['id']}")
        assert answer == other.refusal("DELETE", f"/api/worker/{part}/000000000000") == (404, "DOES_NOT_EXIST")
    assert eva.ask("GET", ACCOUNT) == account


def test_a_session_that_rests_too_long_has_ended(desk: FrontDesk, eva: BrowserVisitor) -> None:
    """Ninety days after the last request."""
    desk.clock.move(days=89)
    eva.ask("GET", PROFILE)
    desk.clock.move(days=89)
    eva.ask("GET", PROFILE)
    desk.clock.move(days=90)
    assert eva.refusal("GET", PROFILE) == (401, "AUTHENTICATION_ERROR")


def test_a_requester_sees_and_ends_own_invitations_only(desk: FrontDesk) -> None:
    """A foreign one, and a foreign pool, are answered like missing ones."""
    bob, pool_id = desk.requester("bob"), desk.pool(task_form())
    code = desk.ann.ask("POST", "/api/requester/invitations", {"label": "friends", "until": "2026-02-01T00:00:00Z"})
    (entry,) = desk.ann.get("/api/requester/invitations")["items"]
    assert (entry["label"], entry["until"], entry["use_count"]) == ("friends", "2026-02-01T00:00:00Z", 0)
    assert code["token"] not in str(entry)
    assert bob.get("/api/requester/invitations")["items"] == []
    assert bob.refusal("DELETE", f"/api/requester/invitations/{entry['id']}") == (404, "DOES_NOT_EXIST")
    assert bob.refusal("POST", "/api/requester/invitations", {"pool_id": pool_id}) == (404, "DOES_NOT_EXIST")
    desk.ann.ask("DELETE", f"/api/requester/invitations/{entry['id']}")
    assert desk.ann.get("/api/requester/invitations")["items"][0]["is_open"] is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_uses": 0},
        {"until": "2020-01-01T00:00:00Z"},
        {"until": "2030-01-01T00:00:00"},
        {"label": "a\0"},
        {"skill": "x" * 300},
    ],
)
def test_an_invitation_that_cannot_be_is_refused(desk: FrontDesk, wrong: dict[str, Any]) -> None:
    """With the field that is wrong."""
    assert desk.ann.refusal("POST", "/api/requester/invitations", wrong) == (400, "VALIDATION_ERROR")


def test_what_an_invitation_can_bring_is_listed(desk: FrontDesk) -> None:
    """The requester's pools and skills, and nobody else's."""
    pool_id = desk.pool(task_form())
    desk.ann.ask("POST", "/api/requester/invitations", {"skill": "expert"})
    desk.pool(task_form(), person=desk.requester("bob"))
    assert desk.ann.get("/api/requester/invitations/choices") == {
        "pools": [{"id": pool_id, "name": "first basket", "title": "Cats and dogs"}],
        "skills": ["expert"],
    }

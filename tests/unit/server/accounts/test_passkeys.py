"""Passkeys: made for a site, used once per challenge, forgotten when removed."""

import random
from typing import Any

import msgspec
import pytest

from manyhands.crowd import WorkerId
from manyhands.server.accounts.passkeys import MadePasskey, PasskeyBook, Site, UsedPasskey
from manyhands.server.refusals import Refused
from manyhands.store import SqliteStore
from tests.settable_clock import SettableClock
from tests.unit.server.authenticator import Authenticator, content, text

WIM, EVA = WorkerId("wim"), WorkerId("eva")
SITE = Site("http://testserver")


class Desk:
    """A book of passkeys with its store and clock."""

    def __init__(self) -> None:
        self.store = SqliteStore(None)
        self.clock = SettableClock()
        self.book = PasskeyBook(self.store, clock=self.clock)

    def add(self, device: Authenticator, worker: WorkerId = WIM, **changes: Any) -> None:
        """Make a passkey and keep it."""
        options = self.book.offer_new(SITE, worker, name="wim")
        new = self.book.check_new(SITE, made(device.make(options, **changes)), label="phone\n")
        with self.store.writing() as transaction:
            self.book.create(transaction, new)

    def use(self, device: Authenticator, *, site: Site = SITE, **changes: Any) -> WorkerId:
        """Come in with a passkey."""
        return self.book.check(site, used(device.use(self.book.offer_sign_in(site), **changes)))


def made(answer: dict[str, Any]) -> MadePasskey:
    """Return an answer as the door reads it."""
    return msgspec.convert(answer, MadePasskey)


def used(answer: dict[str, Any]) -> UsedPasskey:
    """Return an answer as the door reads it."""
    return msgspec.convert(answer, UsedPasskey)


@pytest.fixture
def desk() -> Desk:
    """Return a book without passkeys."""
    return Desk()


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("https://labels.example", "labels.example"),
        ("http://LocalHost:8000", "localhost"),
        ("http://127.0.0.1:8000", None),
        ("https://10.0.0.1", None),
        ("http://[::1]:8000", None),
        ("http://[::1]", None),
        ("", None),
    ],
)
def test_passkeys_are_for_names_not_for_numbers(origin: str, name: str | None) -> None:
    """The name is that of the host, without its port."""
    assert Site(origin).name == name


def test_without_a_name_no_passkey_is_offered(desk: Desk) -> None:
    """The refusal says what to do."""
    number = Site("http://127.0.0.1:8000")
    with pytest.raises(Refused, match="open this site by its name"):
        desk.book.offer_sign_in(number)
    with pytest.raises(Refused, match="open this site by its name"):
        desk.book.offer_new(number, WIM, name="wim")


def test_a_passkey_brings_its_worker_in(desk: Desk) -> None:
    """It is found without a user name; its use is noted."""
    phone, laptop = Authenticator(number=1), Authenticator(number=2)
    desk.add(phone, WIM)
    desk.add(laptop, EVA)
    desk.clock.move(hours=1)
    assert (desk.use(phone), desk.use(laptop)) == (WIM, EVA)
    (shown,) = desk.book.list_passkeys(WIM)
    assert (shown.site, shown.label, shown.used) == ("testserver", "phone", desk.clock.now())


def test_the_options_ask_for_a_passkey_that_is_found_without_a_name(desk: Desk) -> None:
    """Discoverable, checked by the device where it can, and not one that the worker has already."""
    desk.add(Authenticator())
    options = desk.book.offer_new(SITE, WIM, name="wim")
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "preferred",
    }
    assert [one["id"] for one in options["excludeCredentials"]] == [text(Authenticator().id)]
    assert "wim" not in content(options["user"]["id"]).decode("latin-1")
    sign_in = desk.book.offer_sign_in(SITE)
    assert (sign_in["allowCredentials"], sign_in["userVerification"]) == ([], "preferred")


def test_a_challenge_is_answered_once(desk: Desk) -> None:
    """Neither the same answer again nor a wrong one first."""
    device = Authenticator()
    desk.add(device)
    options = desk.book.offer_sign_in(SITE)
    answer = used(device.use(options))
    assert desk.book.check(SITE, answer) == WIM
    with pytest.raises(Refused, match="begin again"):
        desk.book.check(SITE, answer)
    options = desk.book.offer_sign_in(SITE)
    with pytest.raises(Refused):
        desk.book.check(SITE, used(device.use(options, origin="http://evil.example")))
    with pytest.raises(Refused, match="begin again"):
        desk.book.check(SITE, used(device.use(options)))


def test_a_challenge_is_answered_soon_and_for_what_it_was_made(desk: Desk) -> None:
    """Five minutes; one for a new passkey opens nothing, one of nobody neither."""
    device = Authenticator()
    desk.add(device)
    late = desk.book.offer_sign_in(SITE)
    desk.clock.move(minutes=5)
    for_new = {**desk.book.offer_new(SITE, WIM, name="wim"), "rpId": "testserver"}
    for options in (late, for_new, {"challenge": text(b"made up"), "rpId": "testserver"}):
        with pytest.raises(Refused, match="begin again"):
            desk.book.check(SITE, used(device.use(options)))


@pytest.mark.parametrize(
    "changes",
    [{"origin": "http://evil.example"}, {"type": "webauthn.create"}, {"handle": text(b"somebody else")}],
    ids=["origin", "type", "owner"],
)
def test_an_answer_for_something_else_is_refused(desk: Desk, changes: dict[str, Any]) -> None:
    """Another site's page, another ceremony, another worker."""
    device = Authenticator()
    desk.add(device)
    with pytest.raises(Refused):
        desk.use(device, **changes)
    assert desk.use(device) == WIM


def test_a_passkey_of_another_name_of_the_server_opens_nothing(desk: Desk) -> None:
    """Passkeys belong to the name that they were made for."""
    device = Authenticator()
    desk.add(device)
    device.origin = "https://other.example"
    with pytest.raises(Refused):
        desk.use(device, site=Site(device.origin))


def test_a_copied_passkey_is_noticed(desk: Desk) -> None:
    """An authenticator that counts never counts backwards."""
    device = Authenticator()
    desk.add(device)
    desk.use(device)
    desk.use(device)
    device.use_count = 0
    with pytest.raises(Refused):
        desk.use(device)


def test_a_foreign_signature_opens_nothing(desk: Desk) -> None:
    """Knowing the id of a passkey is not having it."""
    desk.add(Authenticator(number=1))
    with pytest.raises(Refused):
        desk.use(Authenticator(number=1))


def test_a_removed_passkey_opens_nothing(desk: Desk) -> None:
    """Only its worker can remove it."""
    device = Authenticator()
    desk.add(device)
    (shown,) = desk.book.list_passkeys(WIM)
    with pytest.raises(Exception, match="has no passkey"):
        desk.book.remove(EVA, shown.id)
    desk.book.remove(WIM, shown.id)
    with pytest.raises(Refused):
        desk.use(device)


def test_a_passkey_is_kept_for_one_worker(desk: Desk) -> None:
    """The same one again is refused, for whomever."""
    desk.add(Authenticator())
    for worker in (WIM, EVA):
        with pytest.raises(Refused):
            desk.add(Authenticator(), worker)


def test_whatever_bytes_come_are_refused_in_order(desk: Desk) -> None:
    """Answers with bytes changed at random are refused, never a fault of the server."""
    randomness, device = random.Random(1), Authenticator()  # noqa: S311 - bytes for a test
    desk.add(device)
    for _ in range(300):
        making = randomness.random() < 0.5
        options = desk.book.offer_new(SITE, EVA, name="eva") if making else desk.book.offer_sign_in(SITE)
        answer = Authenticator(number=2).make(options) if making else device.use(options)
        _spoil(answer["response"], randomness)
        try:
            if making:
                desk.book.check_new(SITE, made(answer), label="")
            else:
                desk.book.check(SITE, used(answer))
        except Refused:
            continue


def _spoil(response: dict[str, Any], randomness: random.Random) -> None:
    names = [name for name, value in response.items() if value and name != "clientDataJSON"]
    name = randomness.choice(names)
    spoiled = bytearray(content(response[name]))
    for _ in range(randomness.randint(1, 8)):
        spoiled[randomness.randrange(len(spoiled))] = randomness.randrange(256)
    if randomness.random() < 0.2:
        del spoiled[randomness.randrange(len(spoiled)) :]
    response[name] = text(bytes(spoiled))

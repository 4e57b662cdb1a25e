"""Who is let in with what, and what workers may tell otherwise later."""

from datetime import date, timedelta
from typing import Any

import pytest

from manyhands.crowd import FilterCategory, FilterCondition, FilterOperator, PoolId, WorkerId, WorkerKind, WorkerProfile
from manyhands.errors import InvalidInput, NotFound, WrongState
from manyhands.platform import EmbeddedPlatform
from manyhands.platform.embedded import InvitationDraft, InvitationOffer
from tests.unit.platform.house import House, project_config, reals

ANN = WorkerId("ann")
PLAIN = InvitationOffer()


@pytest.fixture
def house() -> House:
    """Return a fresh platform."""
    return House()


def accept(house: House, code: str, worker: str = "ann") -> InvitationOffer:
    """Accept an invitation as a worker who is known."""
    with house.platform.writing() as books:
        return house.platform.accept_invitation(books, WorkerId(worker), code)


def skills(house: House, worker: str = "ann") -> dict[str, float]:
    """Return the values of a worker's skills by id."""
    return {skill.skill_id: skill.value for skill in house.platform.list_skills(WorkerId(worker))}


def test_an_invitation_is_kept_as_a_digest_and_listed_with_its_uses(house: House) -> None:
    """The code opens; what is kept of it and shown does not."""
    code = house.platform.create_invitation(InvitationDraft(label="friends"))
    house.workers("ann", "ben")
    assert [accept(house, code, name) for name in ("ann", "ben", "ann")] == [PLAIN] * 3
    (entry,) = house.platform.list_invitations()
    assert (entry.label, entry.use_count, entry.is_open(house.clock.now())) == ("friends", 2, True)
    assert code not in repr(entry)


def test_an_expert_invitation_gives_the_skill_once(house: House) -> None:
    """The skill is made with the invitation; who lost it does not get it back by opening the link again."""
    house.worker("ann")
    code = house.platform.create_invitation(InvitationDraft(skill="expert"))
    (entry,) = house.platform.list_invitations()
    assert entry.skill_id is not None
    assert accept(house, code) == InvitationOffer(has_skill=True)
    assert skills(house) == {entry.skill_id: 1.0}
    house.platform.set_skill(ANN, entry.skill_id, value=None)
    accept(house, code)
    assert skills(house) == {}


def test_an_invitation_names_the_pool_to_begin_with(house: House) -> None:
    """It has to be a pool of the same requester."""
    pool = house.pool(*reals(1))
    house.worker("ann")
    code = house.platform.create_invitation(InvitationDraft(pool_id=pool.id))
    offer = InvitationOffer(pool_id=pool.id, title=project_config().name)
    assert house.platform.find_offer(code) == accept(house, code) == offer
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="other")
    for wrong in (pool.id, PoolId("10009999")):
        with pytest.raises(NotFound):
            other.create_invitation(InvitationDraft(pool_id=wrong))


def test_an_invitation_lets_in_as_many_as_it_says(house: House) -> None:
    """One too many is refused and gets nothing; those who are in may open it again."""
    house.workers("ann", "ben")
    code = house.platform.create_invitation(InvitationDraft(skill="expert", max_uses=1))
    assert house.platform.find_offer(code) is not None
    accept(house, code, "ann")
    assert house.platform.find_offer(code) is None
    with pytest.raises(NotFound):
        accept(house, code, "ben")
    assert skills(house, "ben") == {}
    assert accept(house, code, "ann").has_skill
    assert house.platform.list_invitations()[0].use_count == 1


def test_an_invitation_ends(house: House) -> None:
    """At its moment, or when the requester says so; a foreign requester cannot end it."""
    house.worker("ann")
    until = house.clock.now() + timedelta(days=1)
    late, revoked = (house.platform.create_invitation(InvitationDraft(until=end)) for end in (until, None))
    (entry,) = [one for one in house.platform.list_invitations() if one.until is None]
    with pytest.raises(NotFound):
        EmbeddedPlatform(house.store, requester="other").revoke_invitation(entry.id)
    house.platform.revoke_invitation(entry.id)
    house.platform.revoke_invitation(entry.id)
    house.clock.move(days=1)
    for code in (late, revoked, "guess"):
        assert house.platform.find_offer(code) is None
        with pytest.raises(NotFound):
            accept(house, code)
    assert not any(one.is_open(house.clock.now()) for one in house.platform.list_invitations())


@pytest.mark.parametrize("wrong", [{"max_uses": 0}, {"until": "past"}], ids=["uses", "end"])
def test_an_invitation_that_lets_nobody_in_is_refused(house: House, wrong: dict[str, Any]) -> None:
    """No uses, or an end that has passed."""
    changes = {**wrong, "until": house.clock.now()} if "until" in wrong else wrong
    with pytest.raises(InvalidInput):
        house.platform.create_invitation(InvitationDraft(**changes))


def test_filters_see_a_changed_profile_at_the_next_page(house: House) -> None:
    """What the platform remembers of a worker is read again when it is old, in this and in every other process."""
    reads_german = FilterCondition(
        category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value="DE"
    )
    pool = house.pool(*reals(3), worker_filter=reads_german)
    elsewhere = EmbeddedPlatform(house.store, clock=house.clock)
    house.worker("ann", languages=frozenset({"EN"}))
    assert house.refusal("ann", pool) == "filtered"
    elsewhere.change_profile(ANN, WorkerProfile(languages=frozenset({"EN", "DE"})))
    house.work("ann", pool)
    elsewhere.change_profile(ANN, WorkerProfile(languages=frozenset({"EN"})))
    assert house.refusal("ann", pool) == "filtered"


def test_kind_and_attributes_are_not_the_workers_to_tell(house: House) -> None:
    """What the platform found out stays, whatever is told."""
    house.worker("ann", kind=WorkerKind.MODEL, attributes={"region_by_ip": 225})
    state = house.platform.change_profile(ANN, WorkerProfile(name="Ann", attributes={"region_by_ip": 1}))
    assert state.worker == house.platform.register_worker(ANN, WorkerProfile())
    assert (state.worker.profile.kind, state.worker.profile.attributes) == (WorkerKind.MODEL, {"region_by_ip": 225})


def test_the_date_of_birth_is_corrected_once(house: House) -> None:
    """Telling it for the first time is no correction; taking it back is one."""
    house.worker("ann")
    told, corrected = (WorkerProfile(birth_date=date(year, 12, 31)) for year in (1990, 1991))
    assert house.platform.change_profile(ANN, told).is_birth_date_open
    assert house.platform.change_profile(ANN, told).is_birth_date_open
    assert not house.platform.change_profile(ANN, corrected).is_birth_date_open
    for late in (told, WorkerProfile()):
        with pytest.raises(WrongState):
            house.platform.change_profile(ANN, late)
    assert house.platform.profile_state(ANN).worker.profile == corrected


def test_the_country_is_changed_once_a_month(house: House) -> None:
    """Taking it back and telling another one is one change."""
    house.worker("ann", country="DE")
    assert house.platform.profile_state(ANN).country_open_from is None
    house.platform.change_profile(ANN, WorkerProfile(country=""))
    state = house.platform.change_profile(ANN, WorkerProfile(country="FR"))
    assert state.country_open_from == house.clock.now() + timedelta(days=30)
    with pytest.raises(WrongState):
        house.platform.change_profile(ANN, WorkerProfile(country="DE"))
    house.clock.move(days=30)
    assert house.platform.change_profile(ANN, WorkerProfile(country="DE")).worker.profile.country == "DE"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "x" * 81},
        {"name": "a\nb"},
        {"languages": frozenset({"german"})},
        {"languages": frozenset({"de"})},
        {"languages": frozenset(f"{one}{two}" for one in "ABCDEFGH" for two in "ABCDEFGH")},
        {"country": "Germany"},
        {"birth_date": date(1890, 1, 1)},
        {"birth_date": date(2027, 1, 1)},
    ],
    ids=["long name", "name in lines", "language", "lower case", "too many", "country", "too old", "not born"],
)
def test_a_profile_that_cannot_be_is_refused(house: House, wrong: dict[str, Any]) -> None:
    """On joining and later; nobody is made known, nothing is changed."""
    house.worker("ann", country="DE")
    profile = WorkerProfile(**wrong)
    with pytest.raises(InvalidInput):
        house.platform.change_profile(ANN, profile)
    with pytest.raises(InvalidInput), house.platform.writing() as books:
        house.platform.join(books, WorkerId("ben"), profile)
    with pytest.raises(NotFound):
        house.platform.profile_state(WorkerId("ben"))
    assert house.platform.profile_state(ANN).worker.profile.country == "DE"


def test_somebody_whose_invitation_fails_does_not_join(house: House) -> None:
    """A worker and what lets them in are made together, or not at all."""

    def come_in() -> None:
        with house.platform.writing() as books:
            house.platform.join(books, ANN, WorkerProfile())
            house.platform.accept_invitation(books, ANN, "guess")

    with pytest.raises(NotFound):
        come_in()
    with pytest.raises(NotFound):
        house.platform.profile_state(ANN)

"""The requester's words about who may work, as a platform takes them."""

from datetime import date

import pytest

from manyhands.crowd import WorkerProfile, admits
from manyhands.errors import InvalidParams
from manyhands.launches import WorkerFilter, WorkerGroup

TODAY = date(2026, 11, 22)


def profile(*, languages: str = "EN", country: str = "GB", born: date | None = date(2000, 1, 1)) -> WorkerProfile:
    """Return a profile."""
    return WorkerProfile(languages=frozenset(languages.split()), country=country, birth_date=born)


@pytest.mark.parametrize(
    ("group", "worker", "is_admitted"),
    [
        (WorkerGroup(languages=frozenset({"EN", "DE"})), profile(languages="EN DE FR"), True),
        (WorkerGroup(languages=frozenset({"EN", "DE"})), profile(languages="EN"), False),
        (WorkerGroup(countries=frozenset({"GB", "US"})), profile(country="US"), True),
        (WorkerGroup(countries=frozenset({"GB", "US"})), profile(country="FR"), False),
        (WorkerGroup(), profile(born=date(2008, 11, 22)), True),
        (WorkerGroup(), profile(born=date(2008, 11, 23)), False),
        (WorkerGroup(), profile(born=None), False),
        (WorkerGroup(age_range=(None, 30)), profile(born=date(1995, 11, 23)), True),
        (WorkerGroup(age_range=(None, 30)), profile(born=date(1995, 11, 22)), False),
        (WorkerGroup(age_range=(None, None)), profile(born=None), True),
    ],
    ids=[
        "all languages",
        "one language is missing",
        "one of the countries",
        "none of the countries",
        "18 today",
        "18 tomorrow",
        "age unknown",
        "30 until tomorrow",
        "31 today",
        "age does not matter",
    ],
)
def test_a_group_admits_those_who_fit(group: WorkerGroup, worker: WorkerProfile, *, is_admitted: bool) -> None:
    """Languages all, countries any, ages by the date of birth."""
    assert admits(WorkerFilter([group]).expression(TODAY), worker, skills={}) is is_admitted


def test_groups_are_alternatives() -> None:
    """A worker who fits one of the groups is admitted."""
    french, german = (WorkerGroup(languages=frozenset({code}), age_range=(None, None)) for code in ("FR", "DE"))
    assert admits(WorkerFilter([french, german]).expression(TODAY), profile(languages="DE"), skills={})


def test_every_mistake_is_named_at_once() -> None:
    """Codes, ages and scores out of range come in one error."""
    group = WorkerGroup(languages=frozenset({"english"}), countries=frozenset({"gb"}), age_range=(40, 20))
    with pytest.raises(InvalidParams) as caught:
        WorkerFilter([group], training_score=80)
    assert len(caught.value.problems) == 4

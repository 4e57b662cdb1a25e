"""What workers tell of themselves, and when they may tell it otherwise. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from manyhands.crowd import Worker, WorkerProfile
from manyhands.errors import InvalidInput, WrongState

__all__ = ["COUNTRY_REST", "ProfileHistory", "ProfileState", "check_profile", "revise", "state_of"]

#: Filters ask for the country, so nobody moves to where the work is and back in an afternoon.
COUNTRY_REST = timedelta(days=30)
_OLDEST_YEARS = 120
_LONGEST_NAME = 80
_MOST_LANGUAGES = 60
_LANGUAGE = re.compile(r"[A-Z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileHistory:
    """When a worker last told their country and their date of birth otherwise than before; None for never."""

    country_changed: datetime | None = None
    birth_changed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileState:
    """A worker, and what of their profile they may change now; everything else they may always change.

    Attributes:
        is_birth_date_open: the date of birth may be told, or corrected for the first and only time.
        country_open_from: when the country may be changed again; None for now.
    """

    worker: Worker
    is_birth_date_open: bool
    country_open_from: datetime | None


def state_of(worker: Worker, history: ProfileHistory, *, now: datetime) -> ProfileState:
    """Return what a worker may change now."""
    profile = worker.profile
    rest_ends = None if history.country_changed is None else history.country_changed + COUNTRY_REST
    is_resting = bool(profile.country) and rest_ends is not None and rest_ends > now
    return ProfileState(
        worker=worker,
        is_birth_date_open=profile.birth_date is None or history.birth_changed is None,
        country_open_from=rest_ends if is_resting else None,
    )


def check_profile(profile: WorkerProfile, *, today: date) -> None:
    """Check what somebody tells of themselves.

    Raises:
        InvalidInput: the name, a language, the country or the date of birth cannot be; all problems in one error.
    """
    problems = list(_find_problems(profile, today))
    if problems:
        raise InvalidInput("The profile cannot be; nothing was changed.", problems)


def revise(state: ProfileState, told: WorkerProfile, history: ProfileHistory, *, now: datetime) -> ProfileHistory:
    """Return the history after a worker has told a new profile.

    What was not told before may be told at any time. What was told can be told otherwise: the date of birth once, the country once in
    `COUNTRY_REST`, everything else as often as one likes.

    Raises:
        WrongState: the worker may not change this now.
    """
    known = state.worker.profile
    if known.birth_date not in (None, told.birth_date):
        if not state.is_birth_date_open:
            raise WrongState(f"worker {state.worker.id!r} has corrected their date of birth already; once is the limit")
        history = replace(history, birth_changed=now)
    if known.country not in ("", told.country):
        if state.country_open_from is not None:
            moment = f"{state.country_open_from:%Y-%m-%d}"
            raise WrongState(f"worker {state.worker.id!r} can change their country again from {moment} on")
        history = replace(history, country_changed=now)
    return history


def _find_problems(profile: WorkerProfile, today: date) -> Iterator[str]:
    if len(profile.name) > _LONGEST_NAME or not profile.name.isprintable():
        yield f"name: expected at most {_LONGEST_NAME} printable characters, found {profile.name!r}"
    if len(profile.languages) > _MOST_LANGUAGES:
        yield f"languages: expected at most {_MOST_LANGUAGES}, found {len(profile.languages)}"
    for code in sorted(profile.languages):
        if _LANGUAGE.fullmatch(code) is None:
            yield f"languages: expected upper-case ISO 639 codes such as 'EN', found {code!r}"
    if profile.country and _COUNTRY.fullmatch(profile.country) is None:
        yield f"country: expected an upper-case ISO 3166-1 alpha-2 code such as 'GB', found {profile.country!r}"
    born = profile.birth_date
    if born is not None and not today.year - _OLDEST_YEARS <= born.year <= today.year:
        yield f"birth_date: expected a day in the last {_OLDEST_YEARS} years, found {born}"

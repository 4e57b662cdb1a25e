"""Making up workers, requesters and administrators: only where the server is run for tests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from manyhands.crowd import Money, WorkerId, WorkerKind, WorkerProfile
from manyhands.server.accounts import Holder, HolderKind
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import AdminDesk, NewcomerDesk, PublicDesk
from manyhands.server.doors import Door
from manyhands.server.refusals import Refused, Word

__all__ = ["ADMIN_DOORS", "FORM_DOORS", "REGISTRATION_DOORS"]

_KINDS = {"wrk": HolderKind.WORKER, "req": HolderKind.REQUESTER, "adm": HolderKind.ADMIN}
#: Fields of the worker's form that are names in our profile; all others are kept as attributes.
_OWN_FIELDS = frozenset({"uid", "login", "displayName", "languages", "country", "birthDay", "adultAllowed"})
#: How worker filters call the fields of the form.
_FILTER_NAMES = {"cityId": "city"}


def register(desk: PublicDesk, call: Call) -> Answer:
    """Make up somebody and give them a token."""
    suffix = _read_object(call).get("loginSuffix")
    kind = _KINDS.get(suffix) if isinstance(suffix, str) else None
    if kind is None:
        message = f"expected one of {', '.join(_KINDS)}, found {suffix!r}"
        raise Refused.field("loginSuffix", "VALUE_NOT_ALLOWED", message=message)
    uid = desk.accounts.new_name()
    token = desk.accounts.issue_token(Holder(kind, uid), label="testing")
    login = f"{uid[:8]}-{suffix}"
    return Answer(payload={"uid": uid, "login": login, "displayName": login, "oauth": token})


def make_admin(_desk: PublicDesk, _call: Call) -> Answer:
    """Say yes: administrators are made when they register."""
    return Answer(payload={"success": True})


def show_code(desk: PublicDesk, call: Call) -> Answer:
    """Show the code that a phone would receive."""
    return Answer(payload=desk.phones.code_for(call.query.get("trackId", "")))


def confirm_phone(desk: NewcomerDesk, call: Call) -> Answer:
    """Take the code back."""
    desk.phones.confirm(desk.name, code=str(_read_object(call).get("code")))
    return Answer(payload={"success": True})


def fill_in_worker_form(desk: NewcomerDesk, call: Call) -> Answer:
    """Make the worker known with what the form says, once the phone is confirmed."""
    form = _read_object(call)
    _require_phone(desk)
    desk.workplace.register_worker(WorkerId(desk.name), _read_profile(form))
    return Answer(payload={"id": desk.name})


def fill_in_requester_form(desk: NewcomerDesk, call: Call) -> Answer:
    """Make the requester's account, once the phone is confirmed."""
    form = _read_object(call)
    _require_phone(desk)
    names = form.get("displayName")
    name = names.get("EN") if isinstance(names, dict) else names
    desk.accounts.put_requester(desk.name, name if isinstance(name, str) else "")
    return Answer(payload={"id": desk.name})


def resolve_worker(_desk: PublicDesk, call: Call) -> Answer:
    """Show under which id requesters see a worker."""
    return Answer(payload={"id": call.path["uid"]})


def change_credit(desk: AdminDesk, call: Call) -> Answer:
    """Add to a requester's balance."""
    amount = _read_object(call).get("creditDiff")
    if isinstance(amount, bool) or not isinstance(amount, (int, float)):
        raise Refused.field("creditDiff", "FLOAT_EXPECTED", message=f"expected a number, found {amount!r}")
    desk.accounts.credit(call.path["user_id"], Money(amount))
    return Answer(payload={"success": True})


def _require_phone(desk: NewcomerDesk) -> None:
    if not desk.phones.is_confirmed(desk.name):
        message = "The phone number is to be confirmed first."
        raise Refused(Word.NEED_PHONE_CONFIRMATION, message, {"key": desk.name})


def _read_object(call: Call) -> dict[str, Any]:
    document = call.json()
    if not isinstance(document, dict):
        raise Refused(Word.VALIDATION_ERROR, f"Expected an object, found {type(document).__name__}.")
    return document


def _read_profile(form: Mapping[str, Any]) -> WorkerProfile:
    languages, birthday = form.get("languages"), form.get("birthDay")
    words = languages if isinstance(languages, list) else []
    return WorkerProfile(
        kind=WorkerKind.SIMULATED,
        name=str(form.get("displayName", "")),
        languages=frozenset(str(language).upper() for language in words),
        country=str(form.get("country", "")).upper(),
        birth_date=_read_day(birthday) if isinstance(birthday, str) else None,
        is_adult_content_allowed=form.get("adultAllowed") is not False,
        attributes={_FILTER_NAMES.get(name, name): value for name, value in form.items() if name not in _OWN_FIELDS},
    )


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"expected a day such as 1990-01-01, found {text!r}"
        raise Refused.field("birthDay", "INVALID_DATE_TIME_SYNTAX", message=message) from error


REGISTRATION_DOORS: tuple[Door[PublicDesk], ...] = (
    Door(method="POST", path="/public/testing/env/register", handle=register),
    Door(method="GET", path="/public/testing/env/sms", handle=show_code),
    Door(method="POST", path="/api/dmz/dev/admin", handle=make_admin),
    Door(method="GET", path="/api/dmz/dev/resolve-worker-id/{uid}", handle=resolve_worker),
)
FORM_DOORS: tuple[Door[NewcomerDesk], ...] = (
    Door(method="POST", path="/api/passport/sms/validate", handle=confirm_phone),
    Door(method="POST", path="/api/users/current/worker", handle=fill_in_worker_form),
    Door(method="POST", path="/api/users/current/requester", handle=fill_in_requester_form),
)
ADMIN_DOORS: tuple[Door[AdminDesk], ...] = (
    Door(method="POST", path="/api/admin/requesters/{user_id}/change-credit", handle=change_credit),
)

"""The doors of a worker's own account: profile, consent, invitations, and everything that they come in with."""

from datetime import date

from manyhands.crowd import WorkerProfile
from manyhands.errors import NotFound
from manyhands.platform.embedded import ProfileState
from manyhands.server.accounts import Site
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import WorkerDesk
from manyhands.server.doors import Door
from manyhands.server.refusals import Refused, Word
from manyhands.server.visitors import write_ended_cookie

from .account_records import (
    AccountView,
    AgreeForm,
    InvitationCode,
    IssuedKey,
    KeyEntry,
    NewPasskeyForm,
    OfferView,
    PasskeyEntry,
    PasskeyOptions,
    PasswordChange,
    PasswordForm,
    ProfileForm,
    ProfileView,
    SessionView,
)
from .entrance import invitation_is_over, view_offer
from .records import Done

__all__ = ["ACCOUNT_DOORS", "view_profile"]

_MOST_BYTES = 1 << 16


def show_profile(desk: WorkerDesk, _call: Call) -> Answer:
    """Show what the worker told of themselves, and what of it they may change now."""
    return Answer(payload=view_profile(desk, desk.workplace.profile_state(desk.worker_id)))


def change_profile(desk: WorkerDesk, call: Call) -> Answer:
    """Replace what the worker told of themselves; the year of birth can be corrected once, the country changed once in 30 days."""
    form = call.read(ProfileForm)
    known = desk.workplace.profile_state(desk.worker_id).worker.profile
    told = WorkerProfile(
        name=form.name.strip(),
        languages=frozenset(language.upper() for language in form.languages),
        country=form.country.upper(),
        birth_date=_birth_date(form.birth_year, known.birth_date),
        is_adult_content_allowed=form.is_adult_content_allowed,
    )
    return Answer(payload=view_profile(desk, desk.workplace.change_profile(desk.worker_id, told)))


def accept_invitation(desk: WorkerDesk, call: Call) -> Answer:
    """Take what an invitation brings, without a second account."""
    code = call.read(InvitationCode).invitation
    with desk.workplace.writing() as books:
        try:
            offer = desk.workplace.accept_invitation(books, desk.worker_id, code)
        except NotFound as error:
            raise invitation_is_over() from error
    return Answer(payload=view_offer(offer))


def agree(desk: WorkerDesk, call: Call) -> Answer:
    """Agree to the text that holds now."""
    version = call.read(AgreeForm).version
    if version != desk.settings.consent.version:
        raise Refused(Word.CONSENT_OUTDATED, "Agree to the text that holds now: see GET /api/worker/entrance.")
    with desk.workplace.writing() as books:
        desk.credentials.consents.note(books.transaction, desk.worker_id, version)
    return Answer(payload=Done())


def show_account(desk: WorkerDesk, call: Call) -> Answer:
    """Show how the worker comes in, and where they are in."""
    credentials, worker_id = desk.credentials, desk.worker_id
    passkeys = [
        PasskeyEntry(id=one.id, site=one.site, label=one.label, created=one.created, used=one.used)
        for one in credentials.passkeys.list_passkeys(worker_id)
    ]
    keys = [
        KeyEntry(id=one.id, created=one.created, used=one.used) for one in credentials.sessions.list_keys(worker_id)
    ]
    sessions = [
        SessionView(id=one.id, device=one.device, created=one.created, used=one.used, is_here=one.is_here)
        for one in credentials.sessions.list_sessions(worker_id, here=call.visitor.token)
    ]
    name = credentials.passwords.find_name(worker_id)
    return Answer(payload=AccountView(user_name=name, passkeys=passkeys, keys=keys, sessions=sessions))


def set_password(desk: WorkerDesk, call: Call) -> Answer:
    """Choose a user name and a password; for a worker who has none."""
    form = call.read(PasswordForm)
    if desk.credentials.passwords.find_name(desk.worker_id) is not None:
        raise Refused(Word.VALIDATION_ERROR, "There is a password already; change it, or take it away first.")
    new = desk.credentials.passwords.prepare(form.name, form.password)
    with desk.workplace.writing() as books:
        desk.credentials.passwords.create(books.transaction, desk.worker_id, new)
    return Answer(status=201, payload=Done())


def change_password(desk: WorkerDesk, call: Call) -> Answer:
    """Replace the password; all other sessions of the worker end."""
    form, credentials = call.read(PasswordChange), desk.credentials
    name = credentials.passwords.find_name(desk.worker_id) or ""
    credentials.attempts.begin(name, call.visitor.address)
    credentials.passwords.change(desk.worker_id, current=form.current, password=form.password)
    credentials.attempts.forgive(name, call.visitor.address)
    credentials.sessions.end_all(desk.worker_id, but=call.visitor.token)
    return Answer(payload=Done())


def remove_password(desk: WorkerDesk, _call: Call) -> Answer:
    """Take user name and password away."""
    desk.credentials.passwords.remove(desk.worker_id)
    return Answer(payload=Done())


def offer_passkey(desk: WorkerDesk, call: Call) -> Answer:
    """Give the options with which a browser makes another passkey of the worker."""
    name = desk.workplace.profile_state(desk.worker_id).worker.profile.name
    options = desk.credentials.passkeys.offer_new(
        Site(call.visitor.origin),
        desk.worker_id,
        name=desk.credentials.passwords.find_name(desk.worker_id) or name or f"worker {desk.worker_id[:8]}",
    )
    return Answer(payload=PasskeyOptions(options=options))


def add_passkey(desk: WorkerDesk, call: Call) -> Answer:
    """Keep a passkey that the browser has made."""
    form = call.read(NewPasskeyForm)
    new = desk.credentials.passkeys.check_new(Site(call.visitor.origin), form.passkey, label=form.label)
    if new.worker_id != desk.worker_id:
        raise Refused(Word.PASSKEY_REFUSED, "This passkey was made for somebody else; begin again.")
    with desk.workplace.writing() as books:
        desk.credentials.passkeys.create(books.transaction, new)
    return Answer(status=201, payload=Done())


def remove_passkey(desk: WorkerDesk, call: Call) -> Answer:
    """Forget a passkey; it opens nothing any more."""
    desk.credentials.passkeys.remove(desk.worker_id, call.path["id"])
    return Answer(payload=Done())


def make_key(desk: WorkerDesk, _call: Call) -> Answer:
    """Make a key with which the worker comes in on another device."""
    return Answer(status=201, payload=IssuedKey(key=desk.credentials.sessions.make_key(desk.worker_id)))


def end_key(desk: WorkerDesk, call: Call) -> Answer:
    """End a key; sessions that began with it go on."""
    desk.credentials.sessions.end_key(desk.worker_id, call.path["id"])
    return Answer(payload=Done())


def end_session(desk: WorkerDesk, call: Call) -> Answer:
    """End one session, on whatever device it is."""
    desk.credentials.sessions.end(desk.worker_id, call.path["id"])
    return Answer(payload=Done())


def end_sessions(desk: WorkerDesk, call: Call) -> Answer:
    """Sign out everywhere, here too."""
    desk.credentials.sessions.end_all(desk.worker_id)
    cookie = {"set-cookie": write_ended_cookie(is_secure=call.visitor.is_secure)}
    return Answer(payload=Done(), headers=cookie)


def view_profile(desk: WorkerDesk, state: ProfileState) -> ProfileView:
    """Return what the worker told of themselves, as they see it."""
    profile = state.worker.profile
    agreed = desk.credentials.consents.find(desk.worker_id, desk.settings.consent.version)
    return ProfileView(
        worker_id=state.worker.id,
        name=profile.name,
        languages=sorted(profile.languages),
        country=profile.country,
        birth_year=None if profile.birth_date is None else profile.birth_date.year,
        is_adult_content_allowed=profile.is_adult_content_allowed,
        joined=state.worker.created,
        is_birth_year_open=state.is_birth_date_open,
        country_open_from=state.country_open_from,
        is_consent_needed=agreed is None,
        agreed=agreed,
    )


def _birth_date(year: int | None, known: date | None) -> date | None:
    """Return the date of birth for a year: the known one if it is of that year, else the last day, which makes nobody older than they are."""
    if year is None:
        return None
    if known is not None and known.year == year:
        return known
    if not date.min.year <= year <= date.max.year:
        raise Refused.field("birth_year", "INVALID_VALUE", message=f"expected a year such as 1990, found {year}")
    return date(year, 12, 31)


ACCOUNT_DOORS: tuple[Door[WorkerDesk], ...] = (
    Door(method="GET", path="/api/worker/profile", handle=show_profile, gives=ProfileView),
    Door(
        method="PUT",
        path="/api/worker/profile",
        handle=change_profile,
        takes=ProfileForm,
        gives=ProfileView,
        most_bytes=_MOST_BYTES,
    ),
    Door(
        method="POST", path="/api/worker/invitations", handle=accept_invitation, takes=InvitationCode, gives=OfferView
    ),
    Door(method="POST", path="/api/worker/consent", handle=agree, takes=AgreeForm, gives=Done),
    Door(method="GET", path="/api/worker/account", handle=show_account, gives=AccountView),
    Door(method="DELETE", path="/api/worker/passkeys/{id}", handle=remove_passkey, gives=Done),
    Door(method="POST", path="/api/worker/keys", handle=make_key, gives=IssuedKey, status=201),
    Door(method="DELETE", path="/api/worker/keys/{id}", handle=end_key, gives=Done),
    Door(method="DELETE", path="/api/worker/sessions/{id}", handle=end_session, gives=Done),
    Door(method="DELETE", path="/api/worker/sessions", handle=end_sessions, gives=Done),
    Door(method="DELETE", path="/api/worker/password", handle=remove_password, gives=Done),
    Door(method="POST", path="/api/worker/passkeys/options", handle=offer_passkey, gives=PasskeyOptions),
    Door(
        method="POST",
        path="/api/worker/password",
        handle=set_password,
        takes=PasswordForm,
        gives=Done,
        status=201,
        most_bytes=_MOST_BYTES,
        is_slow=True,
    ),
    Door(
        method="PUT",
        path="/api/worker/password",
        handle=change_password,
        takes=PasswordChange,
        gives=Done,
        most_bytes=_MOST_BYTES,
        is_slow=True,
    ),
    Door(
        method="POST",
        path="/api/worker/passkeys",
        handle=add_passkey,
        takes=NewPasskeyForm,
        gives=Done,
        status=201,
        most_bytes=_MOST_BYTES,
        is_slow=True,
    ),
)

"""The doors through which workers come in: joining, signing in, signing out."""

from manyhands.crowd import WorkerId, WorkerProfile
from manyhands.errors import NotFound
from manyhands.platform.embedded import InvitationOffer
from manyhands.server.accounts import NewPasskey, NewPassword, Site
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import PublicDesk
from manyhands.server.doors import Door
from manyhands.server.refusals import Refused, Word
from manyhands.server.visitors import write_ended_cookie, write_session_cookie

from .account_records import (
    ConsentView,
    EntranceView,
    InvitationCode,
    JoinForm,
    NewPasskeyForm,
    OfferView,
    PasskeyOptions,
    PasswordForm,
    Session,
    SignInForm,
)
from .records import Done

__all__ = ["ENTRANCE_DOORS", "invitation_is_over", "view_offer"]

_MOST_BYTES = 1 << 16


def show_entrance(desk: PublicDesk, call: Call) -> Answer:
    """Show how one comes in, and what one agrees to."""
    consent = desk.settings.consent
    view = ConsentView(version=consent.version, text=consent.find(call.query.get("language", "")))
    return Answer(payload=EntranceView(is_sign_up_open=desk.settings.is_sign_up_open, consent=view))


def show_offer(desk: PublicDesk, call: Call) -> Answer:
    """Show what an invitation brings."""
    return Answer(payload=view_offer(_require_offer(desk, call.read(InvitationCode).invitation)))


def offer_first_passkey(desk: PublicDesk, call: Call) -> Answer:
    """Give the options with which a browser makes the passkey of somebody who is about to join."""
    _check_way_in(desk, call.read(InvitationCode).invitation)
    worker_id = WorkerId(desk.accounts.new_name())
    name = f"worker {worker_id[:8]}"
    options = desk.credentials.passkeys.offer_new(Site(call.visitor.origin), worker_id, name=name)
    return Answer(payload=PasskeyOptions(options=options))


def join(desk: PublicDesk, call: Call) -> Answer:
    """Become a worker, and begin a session."""
    form = call.read(JoinForm)
    _check_way_in(desk, form.invitation)
    _check_form(desk, form)
    password = _prepare_password(desk, form.password)
    passkey = _check_passkey(desk, form.passkey, site=Site(call.visitor.origin))
    worker_id = WorkerId(desk.accounts.new_name()) if passkey is None else passkey.worker_id
    token, offer = _enroll(desk, call, worker_id, form=form, password=password, passkey=passkey)
    cookie = {"set-cookie": write_session_cookie(token, is_secure=call.visitor.is_secure)}
    session = Session(worker_id=worker_id, token="" if call.visitor.is_browser else token, pool_id=offer.pool_id)
    return Answer(status=201, payload=session, headers=cookie)


def offer_sign_in(desk: PublicDesk, call: Call) -> Answer:
    """Give the options with which a browser uses a passkey."""
    return Answer(payload=PasskeyOptions(options=desk.credentials.passkeys.offer_sign_in(Site(call.visitor.origin))))


def sign_in(desk: PublicDesk, call: Call) -> Answer:
    """Begin a session with a passkey, a password or a key; the session that the browser had ends."""
    worker_id = _recognise(desk, call)
    visitor = call.visitor
    with desk.workplace.writing() as books:
        token = desk.credentials.sessions.begin(
            books.transaction, worker_id, device=visitor.device, replaced=visitor.token
        )
    cookie = {"set-cookie": write_session_cookie(token, is_secure=visitor.is_secure)}
    return Answer(status=201, payload=Done(), headers=cookie)


def sign_out(desk: PublicDesk, call: Call) -> Answer:
    """End the session of this browser for good; other sessions and keys of the worker go on."""
    desk.credentials.sessions.end_here(call.visitor.token)
    cookie = {"set-cookie": write_ended_cookie(is_secure=call.visitor.is_secure)}
    return Answer(payload=Done(), headers=cookie)


def view_offer(offer: InvitationOffer) -> OfferView:
    """Return an offer as the page shows it."""
    return OfferView(pool_id=offer.pool_id, title=offer.title, is_for_experts=offer.has_skill)


def invitation_is_over() -> Refused:
    """Return the refusal of an invitation that lets nobody in."""
    return Refused(Word.INVITATION_OVER, "The invitation is unknown or no longer valid; ask for a new one.")


def _check_way_in(desk: PublicDesk, invitation: str) -> None:
    if invitation:
        _require_offer(desk, invitation)
    elif not desk.settings.is_sign_up_open:
        raise Refused(Word.INVITATION_NEEDED, "One comes in here by invitation; ask a requester for a link.")


def _require_offer(desk: PublicDesk, invitation: str) -> InvitationOffer:
    offer = desk.workplace.find_offer(invitation)
    if offer is None:
        raise invitation_is_over()
    return offer


def _check_form(desk: PublicDesk, form: JoinForm) -> None:
    if form.consent != desk.settings.consent.version:
        raise Refused(Word.CONSENT_OUTDATED, "Agree to the text that holds now: see GET /api/worker/entrance.")
    if not form.invitation and form.password is None and form.passkey is None:
        message = "expected a password or a passkey, as there is no invitation"
        raise Refused.field("password", "VALUE_REQUIRED", message=message)


def _prepare_password(desk: PublicDesk, form: PasswordForm | None) -> NewPassword | None:
    return None if form is None else desk.credentials.passwords.prepare(form.name, form.password)


def _check_passkey(desk: PublicDesk, form: NewPasskeyForm | None, *, site: Site) -> NewPasskey | None:
    return None if form is None else desk.credentials.passkeys.check_new(site, form.passkey, label=form.label)


def _enroll(
    desk: PublicDesk,
    call: Call,
    worker_id: WorkerId,
    *,
    form: JoinForm,
    password: NewPassword | None,
    passkey: NewPasskey | None,
) -> tuple[str, InvitationOffer]:
    """Make everything that a new worker has, or nothing; return the token of their session, and what their invitation brings."""
    credentials, visitor = desk.credentials, call.visitor
    with desk.workplace.writing() as books:
        desk.workplace.join(books, worker_id, _profile_of(form))
        offer = InvitationOffer()
        if form.invitation:
            try:
                offer = desk.workplace.accept_invitation(books, worker_id, form.invitation)
            except NotFound as error:
                raise invitation_is_over() from error
        if password is not None:
            credentials.passwords.create(books.transaction, worker_id, password)
        if passkey is not None:
            credentials.passkeys.create(books.transaction, passkey)
        credentials.consents.note(books.transaction, worker_id, form.consent)
        token = credentials.sessions.begin(books.transaction, worker_id, device=visitor.device, replaced=visitor.token)
    return token, offer


def _profile_of(form: JoinForm) -> WorkerProfile:
    return WorkerProfile(
        name=form.name,
        languages=frozenset(language.upper() for language in form.languages),
        country=form.country.upper(),
        birth_date=form.birth_date,
        is_adult_content_allowed=form.is_adult_content_allowed,
    )


def _recognise(desk: PublicDesk, call: Call) -> WorkerId:
    form = call.read(SignInForm)
    if form.passkey is not None:
        return desk.credentials.passkeys.check(Site(call.visitor.origin), form.passkey)
    if form.name:
        return _recognise_password(desk, form, address=call.visitor.address)
    worker_id = desk.credentials.sessions.find_key_holder(form.key)
    if worker_id is None:
        raise Refused(Word.AUTHENTICATION_ERROR, "This key is unknown or no longer valid.")
    return worker_id


def _recognise_password(desk: PublicDesk, form: SignInForm, *, address: str) -> WorkerId:
    desk.credentials.attempts.begin(form.name, address)
    worker_id = desk.credentials.passwords.find_worker(form.name, form.password)
    if worker_id is None:
        raise Refused(Word.AUTHENTICATION_ERROR, "The user name or the password is wrong.")
    desk.credentials.attempts.forgive(form.name, address)
    return worker_id


ENTRANCE_DOORS: tuple[Door[PublicDesk], ...] = (
    Door(method="GET", path="/api/worker/entrance", handle=show_entrance, gives=EntranceView, query=("language",)),
    Door(
        method="POST",
        path="/api/worker/entrance/invitation",
        handle=show_offer,
        takes=InvitationCode,
        gives=OfferView,
        most_bytes=_MOST_BYTES,
    ),
    Door(
        method="POST",
        path="/api/worker/entrance/new-passkey",
        handle=offer_first_passkey,
        takes=InvitationCode,
        gives=PasskeyOptions,
        most_bytes=_MOST_BYTES,
    ),
    Door(
        method="POST",
        path="/api/worker/entrance/passkey",
        handle=offer_sign_in,
        gives=PasskeyOptions,
        most_bytes=_MOST_BYTES,
    ),
    Door(
        method="POST",
        path="/api/worker/sessions",
        handle=join,
        takes=JoinForm,
        gives=Session,
        status=201,
        most_bytes=_MOST_BYTES,
        is_slow=True,
    ),
    Door(
        method="POST",
        path="/api/worker/session",
        handle=sign_in,
        takes=SignInForm,
        gives=Done,
        status=201,
        most_bytes=_MOST_BYTES,
        is_slow=True,
    ),
    Door(method="DELETE", path="/api/worker/session", handle=sign_out, gives=Done, most_bytes=_MOST_BYTES),
)

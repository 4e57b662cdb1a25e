"""Passkeys of workers: WebAuthn, with challenges that every process of the server knows."""

import hashlib
import ipaddress
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from manyhands.crowd import Clock, WorkerId
from manyhands.errors import NotFound
from manyhands.server.refusals import Refused, Word
from manyhands.server.stamps import find_moment, to_moment, to_stamp, to_ticks
from manyhands.store import Row, SqlValue, Store, Transaction

__all__ = ["MadePasskey", "NewPasskey", "Passkey", "PasskeyBook", "Site", "UsedPasskey"]

_SERVICE = "manyhands"
_CHALLENGE_BYTES = 32
#: Time enough to find the phone, not to pass a challenge around.
_CHALLENGE_SPAN = timedelta(minutes=5)
_LONGEST_LABEL = 80
_ID = re.compile(r"[\w-]+", re.ASCII)
_MILLISECOND = timedelta(milliseconds=1)
#: How the library and what it stands on say that bytes from outside are not what they should be.
_WRONG = (WebAuthnException, InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError, LookupError)


@dataclass(frozen=True, slots=True)
class Site:
    """The address under which a browser reached the server, such as ``https://labels.example``; empty when unknown.

    Example:
        >>> Site("http://localhost:8000").name, Site("http://127.0.0.1:8000").name
        ('localhost', None)
    """

    origin: str

    @property
    def name(self) -> str | None:
        """The name that passkeys are made for; None where there is none, because the address is a number."""
        host = self.origin.partition("://")[2].lower()
        bare = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        try:
            ipaddress.ip_address(bare.strip("[]"))
        except ValueError:
            return bare or None
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePasskeyResponse:
    """What an authenticator says when it has made a passkey, in base64url."""

    clientDataJSON: str  # noqa: N815 - the name in the standard
    attestationObject: str  # noqa: N815 - the name in the standard


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePasskey:
    """A passkey that a browser has made: what `PublicKeyCredential.toJSON()` gives."""

    id: str
    rawId: str  # noqa: N815 - the name in the standard
    type: str
    response: MadePasskeyResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPasskeyResponse:
    """What an authenticator says when it has used a passkey, in base64url."""

    clientDataJSON: str  # noqa: N815 - the name in the standard
    authenticatorData: str  # noqa: N815 - the name in the standard
    signature: str
    userHandle: str | None = None  # noqa: N815 - the name in the standard


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPasskey:
    """A passkey that a browser has used: what `PublicKeyCredential.toJSON()` gives."""

    id: str
    rawId: str  # noqa: N815 - the name in the standard
    type: str
    response: UsedPasskeyResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskey:
    """A passkey that was checked and is ready to be kept.

    Attributes:
        worker_id: whose it is going to be, as its challenge says.
    """

    id: str
    worker_id: WorkerId
    site: str
    public_key: str
    sign_count: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """What is shown of a passkey: the name that it is for, how the worker calls it, and when it was last used."""

    id: str
    site: str
    label: str
    created: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class _Challenge:
    text: bytes
    worker_id: str


class PasskeyBook:
    """Passkeys in a store, of which only public keys are known. Thread-safe; every change is durable.

    Args:
        store: where they are kept.
        clock: the time at which things happen.
    """

    def __init__(self, store: Store, *, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def offer_new(self, site: Site, worker_id: WorkerId, *, name: str) -> dict[str, Any]:
        """Return the options with which a browser makes a passkey for a worker, who may be about to join.

        Raises:
            Refused: the site has no name.
        """
        options = generate_registration_options(
            rp_id=_require_name(site),
            rp_name=_SERVICE,
            user_id=_handle_of(worker_id),
            user_name=name,
            challenge=self._new_challenge(worker_id, is_for_new=True),
            timeout=_CHALLENGE_SPAN // _MILLISECOND,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.PREFERRED
            ),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(id=_to_bytes(passkey.id)) for passkey in self.list_passkeys(worker_id)
            ],
        )
        return options_to_json_dict(options)

    def check_new(self, site: Site, made: MadePasskey, *, label: str) -> NewPasskey:
        """Return a passkey that a browser has made, ready to be kept; its challenge is used up.

        The label is for the worker; what is too long or cannot be shown is left out.

        Raises:
            Refused: it is not what it was asked to be, or it took too long.
        """
        name, challenge = _require_name(site), self._take_challenge(made.response.clientDataJSON, is_for_new=True)
        try:
            verified = verify_registration_response(
                credential=asdict(made),
                expected_challenge=challenge.text,
                expected_rp_id=name,
                expected_origin=site.origin,
            )
        except _WRONG as error:
            raise _not_right() from error
        return NewPasskey(
            id=_to_text(verified.credential_id),
            worker_id=WorkerId(challenge.worker_id),
            site=name,
            public_key=_to_text(verified.credential_public_key),
            sign_count=verified.sign_count,
            label="".join(character for character in label if character.isprintable())[:_LONGEST_LABEL],
        )

    def create(self, transaction: Transaction, new: NewPasskey) -> None:
        """Keep a passkey within a transaction.

        Raises:
            Refused: it is somebody's already.
        """
        values: dict[str, SqlValue] = {**asdict(new), "now": self._now()}
        if transaction.find("create_passkey", values) is None:
            raise _not_right()

    def offer_sign_in(self, site: Site) -> dict[str, Any]:
        """Return the options with which a browser uses any passkey that it has for the site.

        Raises:
            Refused: the site has no name.
        """
        options = generate_authentication_options(
            rp_id=_require_name(site),
            challenge=self._new_challenge(WorkerId(""), is_for_new=False),
            timeout=_CHALLENGE_SPAN // _MILLISECOND,
        )
        return options_to_json_dict(options)

    def check(self, site: Site, used: UsedPasskey) -> WorkerId:
        """Return whose passkey a browser has used; its challenge is used up, and the use is noted.

        Raises:
            Refused: the passkey is unknown, was removed or copied, or it took too long.
        """
        name, challenge = _require_name(site), self._take_challenge(used.response.clientDataJSON, is_for_new=False)
        with self._store.reading() as transaction:
            row = transaction.find("find_passkey", {"id": used.id}) if _ID.fullmatch(used.id) else None
        if row is None or row["site"] != name or not _is_owner(row, used.response.userHandle):
            raise _not_right()
        try:
            verified = verify_authentication_response(
                credential=asdict(used),
                expected_challenge=challenge.text,
                expected_rp_id=name,
                expected_origin=site.origin,
                credential_public_key=_to_bytes(row["public_key"]),
                credential_current_sign_count=row["sign_count"],
            )
        except _WRONG as error:
            raise _not_right() from error
        values: dict[str, SqlValue] = {"id": row["id"], "sign_count": verified.new_sign_count, "now": self._now()}
        with self._store.writing() as transaction:
            if transaction.find("note_passkey_use", {**values, "old_count": row["sign_count"]}) is None:
                raise _not_right()
        return WorkerId(row["worker_id"])

    def list_passkeys(self, worker_id: WorkerId) -> list[Passkey]:
        """Return a worker's passkeys in order of creation."""
        with self._store.reading() as transaction:
            rows = transaction.rows("list_passkeys", {"worker_id": worker_id})
        return [
            Passkey(
                id=row["id"],
                site=row["site"],
                label=row["label"],
                created=to_moment(row["created"]),
                used=find_moment(row["used"]),
            )
            for row in rows
        ]

    def remove(self, worker_id: WorkerId, passkey_id: str) -> None:
        """Forget a passkey; what the device keeps of it opens nothing any more.

        Raises:
            NotFound: the worker has no such passkey.
        """
        with self._store.writing() as transaction:
            if transaction.find("remove_passkey", {"id": passkey_id, "worker_id": worker_id}) is None:
                raise NotFound(f"worker {worker_id!r} has no passkey {passkey_id!r}")

    def _new_challenge(self, worker_id: WorkerId, *, is_for_new: bool) -> bytes:
        challenge, now = secrets.token_bytes(_CHALLENGE_BYTES), self._now()
        with self._store.writing() as transaction:
            transaction.run("remove_old_passkey_challenges", {"now": now})
            values: dict[str, SqlValue] = {"worker_id": worker_id, "is_for_new": int(is_for_new)}
            until = now + to_ticks(_CHALLENGE_SPAN)
            transaction.run("create_passkey_challenge", {"digest": _digest(challenge), "until": until, **values})
        return challenge

    def _take_challenge(self, client_data: str, *, is_for_new: bool) -> _Challenge:
        """Return the challenge that a browser answered; nobody can answer it again, whether the answer is right or wrong."""
        challenge = _read_challenge(client_data)
        with self._store.writing() as transaction:
            row = transaction.find("take_passkey_challenge", {"digest": _digest(challenge)})
        if row is None or bool(row["is_for_new"]) is not is_for_new or row["until"] <= self._now():
            raise Refused(Word.PASSKEY_REFUSED, "This took too long, or was answered already; begin again.")
        return _Challenge(challenge, row["worker_id"])

    def _now(self) -> int:
        return to_stamp(self._clock.now())


def _require_name(site: Site) -> str:
    name = site.name
    if name is None:
        message = "Passkeys are for names: open this site by its name, such as http://localhost, not by a number."
        raise Refused(Word.PASSKEY_REFUSED, message)
    return name


def _read_challenge(client_data: str) -> bytes:
    try:
        return _to_bytes(msgspec.json.decode(_to_bytes(client_data), type=_ClientData).challenge)
    except ValueError as error:
        raise _not_right() from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClientData:
    challenge: str


def _is_owner(row: Row, handle: str | None) -> bool:
    return handle in {None, _to_text(_handle_of(row["worker_id"]))}


def _handle_of(worker_id: str) -> bytes:
    """Return how authenticators call a worker: always of the same length, and nothing that requesters know."""
    return hashlib.sha256(worker_id.encode()).digest()


def _digest(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()


def _to_text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _to_bytes(text: str) -> bytes:
    return urlsafe_b64decode(f"{text}===")


def _not_right() -> Refused:
    return Refused(Word.PASSKEY_REFUSED, "This passkey is unknown here, or does not fit this site.")

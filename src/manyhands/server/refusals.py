"""Why the server itself refuses a request; what the platform refuses is translated by `platform.toloka.wire`."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from manyhands.errors import ManyhandsError
from manyhands.platform.toloka.wire import Failure, failure_of

__all__ = ["Refused", "Word", "tell"]


class Word(StrEnum):
    """The codes of the server's own refusals; clients choose their exception by them, not by the HTTP status."""

    #: The request itself is wrong.
    VALIDATION_ERROR = "VALIDATION_ERROR"
    #: No token, or one that is not known.
    AUTHENTICATION_ERROR = "AUTHENTICATION_ERROR"
    #: The token opens other doors.
    ACCESS_DENIED = "ACCESS_DENIED"
    #: There is nothing at this address.
    DOES_NOT_EXIST = "DOES_NOT_EXIST"
    #: The address is there, the method is not.
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    #: The request is larger than the server takes.
    REQUEST_TOO_LARGE = "REQUEST_TOO_LARGE"
    #: An operation of this id is there already.
    OPERATION_ALREADY_EXISTS = "OPERATION_ALREADY_EXISTS"
    #: A phone number is to be confirmed first.
    NEED_PHONE_CONFIRMATION = "NEED_PHONE_CONFIRMATION"
    #: Too many requests from this address, or too many wrong passwords.
    TOO_MANY_REQUESTS = "TOO_MANY_REQUESTS"
    #: Nobody can be called so.
    NAME_UNSUITABLE = "NAME_UNSUITABLE"
    #: Somebody else is called so.
    NAME_TAKEN = "NAME_TAKEN"
    #: The password is too short, too long or easy to guess.
    PASSWORD_UNSUITABLE = "PASSWORD_UNSUITABLE"  # noqa: S105 - a code, not a password
    #: The passkey is unknown, does not fit this site, or came too late.
    PASSKEY_REFUSED = "PASSKEY_REFUSED"
    #: The text that was agreed to is not the one that holds now.
    CONSENT_OUTDATED = "CONSENT_OUTDATED"
    #: Nobody comes in here without an invitation.
    INVITATION_NEEDED = "INVITATION_NEEDED"
    #: The invitation is unknown, or lets nobody in any more.
    INVITATION_OVER = "INVITATION_OVER"
    #: The password that somebody is to prove that they know is another one.
    PASSWORD_WRONG = "PASSWORD_WRONG"  # noqa: S105 - a code, not a password
    #: A defect of the server.
    INTERNAL_ERROR = "INTERNAL_ERROR"


_STATUSES: Mapping[Word, HTTPStatus] = {
    Word.VALIDATION_ERROR: HTTPStatus.BAD_REQUEST,
    Word.AUTHENTICATION_ERROR: HTTPStatus.UNAUTHORIZED,
    Word.ACCESS_DENIED: HTTPStatus.FORBIDDEN,
    Word.DOES_NOT_EXIST: HTTPStatus.NOT_FOUND,
    Word.METHOD_NOT_ALLOWED: HTTPStatus.METHOD_NOT_ALLOWED,
    Word.REQUEST_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    # The two refusals with a 409 are no end: clients ask for the operation, and bots that register confirm a phone number.
    Word.OPERATION_ALREADY_EXISTS: HTTPStatus.CONFLICT,
    Word.NEED_PHONE_CONFIRMATION: HTTPStatus.CONFLICT,
    Word.TOO_MANY_REQUESTS: HTTPStatus.TOO_MANY_REQUESTS,
    Word.NAME_UNSUITABLE: HTTPStatus.BAD_REQUEST,
    Word.NAME_TAKEN: HTTPStatus.BAD_REQUEST,
    Word.PASSWORD_UNSUITABLE: HTTPStatus.BAD_REQUEST,
    Word.PASSKEY_REFUSED: HTTPStatus.BAD_REQUEST,
    Word.CONSENT_OUTDATED: HTTPStatus.BAD_REQUEST,
    Word.INVITATION_NEEDED: HTTPStatus.FORBIDDEN,
    Word.INVITATION_OVER: HTTPStatus.FORBIDDEN,
    Word.PASSWORD_WRONG: HTTPStatus.FORBIDDEN,
    Word.INTERNAL_ERROR: HTTPStatus.INTERNAL_SERVER_ERROR,
}


class Refused(ManyhandsError):
    """The server refused the request.

    Attributes:
        failure: the refusal as it is told to the client, without the id of the request.
    """

    def __init__(self, word: Word, message: str, payload: Any = None) -> None:
        self.failure = Failure(status=_STATUSES[word], code=word.value, message=message, payload=payload)
        super().__init__(message)

    @classmethod
    def field(cls, name: str, code: str, *, message: str) -> "Refused":
        """Return the refusal of one field."""
        payload = {name: {"code": code, "message": message, "params": {}}}
        return cls(Word.VALIDATION_ERROR, f"{name}: {message}", payload)


def tell(error: ManyhandsError, *, request_id: str = "") -> Failure:
    """Return the refusal that tells a client of an error.

    Example:
        >>> tell(Refused(Word.ACCESS_DENIED, "No."), request_id="7").request_id
        '7'
    """
    if isinstance(error, Refused):
        return replace(error.failure, request_id=request_id)
    return failure_of(error, request_id=request_id)

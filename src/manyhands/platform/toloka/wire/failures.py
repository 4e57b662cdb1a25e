"""Refusals of the API, and our errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from manyhands.errors import (
    BudgetExceeded,
    EmptyPool,
    HasMixer,
    InvalidInput,
    ManyhandsError,
    NoMixer,
    NoRecipients,
    NotFound,
    NoWork,
    PlatformError,
    PlatformUnavailable,
    WrongState,
)

from .problems import WireProblem, describe_problems

__all__ = ["Failure", "FailureCode", "decode_failure", "encode_failure", "failure_of", "to_error"]


class FailureCode(StrEnum):
    """Why a request is refused, in the words of the API; clients choose their exception by it."""

    #: The document or a parameter is wrong.
    VALIDATION_ERROR = "VALIDATION_ERROR"
    #: Nobody can be recognised by this token.
    AUTHENTICATION_ERROR = "AUTHENTICATION_ERROR"
    #: This is somebody else's.
    ACCESS_DENIED = "ACCESS_DENIED"
    #: There is no such record or address.
    DOES_NOT_EXIST = "DOES_NOT_EXIST"
    #: Another request is changing the same record; repeating helps.
    CONFLICT_STATE = "CONFLICT_STATE"
    #: Too many requests.
    TOO_MANY_REQUESTS = "TOO_MANY_REQUESTS"
    #: Something the platform needs does not answer; repeating helps.
    REMOTE_SERVICE_UNAVAILABLE = "REMOTE_SERVICE_UNAVAILABLE"
    #: A defect of the platform.
    INTERNAL_ERROR = "INTERNAL_ERROR"
    #: The state of the record does not allow this.
    INAPPROPRIATE_STATUS = "INAPPROPRIATE_STATUS"
    #: The state of the pool does not allow this.
    POOL_INAPPROPRIATE_STATUS = "POOL_INAPPROPRIATE_STATUS"
    #: The state of the project does not allow this.
    PROJECT_INAPPROPRIATE_STATUS = "PROJECT_INAPPROPRIATE_STATUS"
    #: A pool without tasks cannot be opened.
    EMPTY_POOL = "EMPTY_POOL"
    #: The balance or the budget does not cover it.
    NOT_ENOUGH_BALANCE = "NOT_ENOUGH_BALANCE"
    #: Nothing is left for anybody.
    ALL_ASSIGNMENTS_EXHAUSTED = "ALL_ASSIGNMENTS_EXHAUSTED"
    #: Nothing is left in the pool for this worker.
    POOL_ASSIGNMENTS_EXHAUSTED = "POOL_ASSIGNMENTS_EXHAUSTED"
    #: The worker has as many pages in hand as the project allows.
    TOO_MANY_ACTIVE_ASSIGNMENTS = "TOO_MANY_ACTIVE_ASSIGNMENTS"
    #: The operation of this id is known already; ask for it.
    OPERATION_ALREADY_EXISTS = "OPERATION_ALREADY_EXISTS"
    #: Tasks need a pool with smart mixing.
    MIXER_CONFIG_REQUIRED = "MIXER_CONFIG_REQUIRED"
    #: The pool takes the other one of tasks and task suites.
    POOL_TASK_TYPE_CONFLICT = "POOL_TASK_TYPE_CONFLICT"
    #: Nobody is among the recipients.
    INCORRECT_RECIPIENTS = "INCORRECT_RECIPIENTS"
    #: The project still has pools that are not archived.
    UNARCHIVED_POOLS_CONFLICT = "UNARCHIVED_POOLS_CONFLICT"
    #: A page of the pool is in work.
    THERE_IS_ACTIVE_ASSIGNMENT = "THERE_IS_ACTIVE_ASSIGNMENT"
    #: Pages of the pool are in review.
    SUBMITTED_ASSIGNMENTS_CONFLICT = "SUBMITTED_ASSIGNMENTS_CONFLICT"
    #: A page of the pool was rejected a short while ago, and its worker may appeal.
    THERE_IS_REJECTED_ASSIGNMENT = "THERE_IS_REJECTED_ASSIGNMENT"
    #: Pools that are not archived ask for the training.
    TRAINING_ARCHIVE_CONFLICT = "TRAINING_ARCHIVE_CONFLICT"
    #: The skill is used by a pool.
    SKILL_IS_USED = "SKILL_IS_USED"
    #: The skill belongs to a training.
    SKILL_IS_TRAINING = "SKILL_IS_TRAINING"
    #: There is a skill of this name.
    WORKER_SKILL_EXISTS = "WORKER_SKILL_EXISTS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A refusal.

    Attributes:
        status: of the HTTP answer.
        code: one of `FailureCode`, or another word of the API.
        message: what happened, for people.
        payload: facts that belong to the code; for VALIDATION_ERROR the fields with their problems.
        request_id: of the request that was refused; empty when unknown.
    """

    status: int
    code: str
    message: str
    payload: Any = None
    request_id: str = ""


def encode_failure(failure: Failure) -> dict[str, Any]:
    """Return a refusal as the body of an answer."""
    document = {"request_id": failure.request_id, "code": str(failure.code), "message": failure.message}
    return document if failure.payload is None else {**document, "payload": failure.payload}


def decode_failure(document: object, *, status: int) -> Failure:
    """Return the refusal that an answer holds; an answer without a body that can be read is told by its status."""
    said = document if isinstance(document, dict) else {}
    fallback = _CODES_OF_STATUS.get(status, FailureCode.INTERNAL_ERROR if status >= _SERVER_ERROR else _UNKNOWN)
    return Failure(
        status=status,
        code=_text(said, "code") or str(fallback),
        message=_text(said, "message") or f"The platform answered with status {status} and no explanation.",
        payload=said.get("payload"),
        request_id=_text(said, "request_id"),
    )


def failure_of(error: ManyhandsError, *, request_id: str = "") -> Failure:
    """Return the refusal that tells a client of our error.

    Final refusals never have the status 409 or 429, because clients repeat those for minutes.

    Example:
        >>> failure_of(NotFound("There is no pool 7.")).code
        <FailureCode.DOES_NOT_EXIST: 'DOES_NOT_EXIST'>
    """
    status, code = _look_up(error)
    payload: Any = None
    if isinstance(error, InvalidInput):
        payload = describe_problems(error.problems or [str(error)])
    elif isinstance(error, NoWork):
        payload = {"reason": error.reason}
    return Failure(status=int(status), code=code, message=str(error), payload=payload, request_id=request_id)


def to_error(failure: Failure) -> ManyhandsError:
    """Return our error for a refusal; its class tells whether to give up, to repeat, or to mend the input."""
    message = f"{failure.message} ({failure.code}, status {failure.status}, request {failure.request_id or 'unknown'})"
    if failure.code == FailureCode.VALIDATION_ERROR:
        return InvalidInput(message, _read_problems(failure.payload))
    if isinstance(failure.payload, dict) and isinstance(reason := failure.payload.get("reason"), str):
        return NoWork(message, reason)
    if failure.code in _REASONS:
        return WrongState(message, _REASONS[failure.code])
    error_type = _ERRORS_OF_CODE.get(failure.code)
    if error_type is None:
        error_type = PlatformUnavailable if failure.status >= _SERVER_ERROR else PlatformError
    return error_type(message)


def _text(document: Mapping[str, Any], name: str) -> str:
    text = document.get(name)
    return text if isinstance(text, str) else ""


def _look_up(error: ManyhandsError) -> tuple[int, FailureCode]:
    if isinstance(error, NoWork):
        return _NO_WORK.get(error.reason, (HTTPStatus.FORBIDDEN, FailureCode.POOL_ASSIGNMENTS_EXHAUSTED))
    if isinstance(error, WrongState) and error.reason in _WRONG_STATES:
        return HTTPStatus.BAD_REQUEST, _WRONG_STATES[error.reason]
    for error_type in type(error).__mro__:
        if error_type in _OF_ERRORS:
            return _OF_ERRORS[error_type]
    return HTTPStatus.INTERNAL_SERVER_ERROR, FailureCode.INTERNAL_ERROR


def _read_problems(payload: Any) -> list[WireProblem]:
    """Return the problems of a validation error, those of items under their places."""
    if not isinstance(payload, dict):
        return []
    problems = []
    for path, entry in payload.items():
        if isinstance(entry, dict) and isinstance(entry.get("code"), str):
            message, params = str(entry.get("message", "")), entry.get("params")
            known = params if isinstance(params, dict) else {}
            problems.append(WireProblem(path, entry["code"], message=message, params=known))
        else:
            problems += [
                WireProblem(f"{path}.{inner.path}", inner.code, message=inner.message, params=inner.params)
                for inner in _read_problems(entry)
            ]
    return problems


_SERVER_ERROR = 500
_UNKNOWN = "UNKNOWN"
_OF_ERRORS: Mapping[type, tuple[int, FailureCode]] = {
    InvalidInput: (HTTPStatus.BAD_REQUEST, FailureCode.VALIDATION_ERROR),
    NotFound: (HTTPStatus.NOT_FOUND, FailureCode.DOES_NOT_EXIST),
    WrongState: (HTTPStatus.BAD_REQUEST, FailureCode.INAPPROPRIATE_STATUS),
    NoMixer: (HTTPStatus.BAD_REQUEST, FailureCode.MIXER_CONFIG_REQUIRED),
    HasMixer: (HTTPStatus.BAD_REQUEST, FailureCode.POOL_TASK_TYPE_CONFLICT),
    EmptyPool: (HTTPStatus.BAD_REQUEST, FailureCode.EMPTY_POOL),
    BudgetExceeded: (HTTPStatus.BAD_REQUEST, FailureCode.NOT_ENOUGH_BALANCE),
    NoRecipients: (HTTPStatus.BAD_REQUEST, FailureCode.INCORRECT_RECIPIENTS),
    PlatformUnavailable: (HTTPStatus.SERVICE_UNAVAILABLE, FailureCode.REMOTE_SERVICE_UNAVAILABLE),
}
#: Why there is no work → what a worker's program is told. A restriction is no ACCESS_DENIED: programs take that for a wrong token.
_NO_WORK: Mapping[str, tuple[int, FailureCode]] = {
    "pool_closed": (HTTPStatus.FORBIDDEN, FailureCode.POOL_INAPPROPRIATE_STATUS),
    "restricted": (HTTPStatus.FORBIDDEN, FailureCode.INAPPROPRIATE_STATUS),
    "filtered": (HTTPStatus.FORBIDDEN, FailureCode.ACCESS_DENIED),
    "training_required": (HTTPStatus.FORBIDDEN, FailureCode.ACCESS_DENIED),
    "trained": (HTTPStatus.FORBIDDEN, FailureCode.POOL_ASSIGNMENTS_EXHAUSTED),
    "exclusive": (HTTPStatus.FORBIDDEN, FailureCode.ACCESS_DENIED),
    "too_many_pages": (HTTPStatus.FORBIDDEN, FailureCode.TOO_MANY_ACTIVE_ASSIGNMENTS),
    "exhausted": (HTTPStatus.FORBIDDEN, FailureCode.POOL_ASSIGNMENTS_EXHAUSTED),
    "control_exhausted": (HTTPStatus.NOT_FOUND, FailureCode.DOES_NOT_EXIST),
    "budget_exhausted": (HTTPStatus.FORBIDDEN, FailureCode.NOT_ENOUGH_BALANCE),
}
#: Why a state does not allow something, where the API has a word of its own for it.
_WRONG_STATES: Mapping[str, FailureCode] = {
    "name_taken": FailureCode.WORKER_SKILL_EXISTS,
    "training_skill": FailureCode.SKILL_IS_TRAINING,
    "archived_project": FailureCode.PROJECT_INAPPROPRIATE_STATUS,
    "unarchived_pools": FailureCode.UNARCHIVED_POOLS_CONFLICT,
    "pages_in_work": FailureCode.THERE_IS_ACTIVE_ASSIGNMENT,
    "pages_in_review": FailureCode.SUBMITTED_ASSIGNMENTS_CONFLICT,
    "rejected_pages": FailureCode.THERE_IS_REJECTED_ASSIGNMENT,
    "training_in_use": FailureCode.TRAINING_ARCHIVE_CONFLICT,
}
_REASONS: Mapping[str, str] = {str(code): reason for reason, code in _WRONG_STATES.items()}
_ERRORS_OF_CODE: Mapping[str, type[PlatformError]] = {
    FailureCode.DOES_NOT_EXIST: NotFound,
    FailureCode.CONFLICT_STATE: PlatformUnavailable,
    FailureCode.TOO_MANY_REQUESTS: PlatformUnavailable,
    FailureCode.REMOTE_SERVICE_UNAVAILABLE: PlatformUnavailable,
    FailureCode.INTERNAL_ERROR: PlatformUnavailable,
    FailureCode.INAPPROPRIATE_STATUS: WrongState,
    FailureCode.POOL_INAPPROPRIATE_STATUS: WrongState,
    FailureCode.OPERATION_ALREADY_EXISTS: WrongState,
    "POOL_LOCKED_BY_ANOTHER_OPERATION": PlatformUnavailable,
    FailureCode.MIXER_CONFIG_REQUIRED: NoMixer,
    FailureCode.POOL_TASK_TYPE_CONFLICT: HasMixer,
    FailureCode.EMPTY_POOL: EmptyPool,
    FailureCode.NOT_ENOUGH_BALANCE: BudgetExceeded,
    FailureCode.INCORRECT_RECIPIENTS: NoRecipients,
    FailureCode.ALL_ASSIGNMENTS_EXHAUSTED: NoWork,
    FailureCode.POOL_ASSIGNMENTS_EXHAUSTED: NoWork,
}
#: Status → code, for answers of something in between that does not know the API.
_CODES_OF_STATUS: Mapping[int, FailureCode] = {
    HTTPStatus.BAD_REQUEST: FailureCode.VALIDATION_ERROR,
    HTTPStatus.UNAUTHORIZED: FailureCode.AUTHENTICATION_ERROR,
    HTTPStatus.FORBIDDEN: FailureCode.ACCESS_DENIED,
    HTTPStatus.NOT_FOUND: FailureCode.DOES_NOT_EXIST,
    HTTPStatus.CONFLICT: FailureCode.CONFLICT_STATE,
    HTTPStatus.TOO_MANY_REQUESTS: FailureCode.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE: FailureCode.REMOTE_SERVICE_UNAVAILABLE,
}

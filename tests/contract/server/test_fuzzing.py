"""Our own doors against our own document, with requests that nobody thought of."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from manyhands.server.doors import Key
from tests.unit.server.front_desk import FrontDesk, task_form

_EXAMPLES = 15


@pytest.fixture(scope="module")
def desk() -> FrontDesk:
    """Return a server on which there is work."""
    desk = FrontDesk(guesses_per_minute=1_000_000)
    desk.pool(task_form("a"), task_form("b"))
    return desk


@pytest.fixture(scope="module")
def document(desk: FrontDesk) -> schemathesis.BaseSchema:
    """Return our document."""
    return schemathesis.openapi.from_asgi("/api/openapi.json", desk.app)


@pytest.mark.slow
def test_every_answer_is_as_our_document_says(desk: FrontDesk, document: schemathesis.BaseSchema) -> None:
    """Whatever is sent, the answer has a status and a body that the document knows, and the server has no fault."""
    operations = [result.ok() for result in document.get_all_operations() if isinstance(result, Ok)]
    for operation in operations:
        _fuzz(desk, operation, GenerationMode.POSITIVE)
        if "{" not in operation.path and _can_be_asked_wrongly(operation):
            # Without its path parameter a request would go to another door.
            _fuzz(desk, operation, GenerationMode.NEGATIVE)
    assert len(operations) > 15


def _can_be_asked_wrongly(operation: APIOperation[Any, Any, Any, Any]) -> bool:
    """Return whether an operation takes anything: a token, a body, a query."""
    return Key.VISITOR not in (operation.tags or ()) or bool(operation.body) or bool(operation.query)


def _fuzz(desk: FrontDesk, operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
    person = desk.worker() if Key.WORKER in (operation.tags or ()) else desk.ann

    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def fuzz(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(
            headers={"Authorization": f"Bearer {person.token}"},
            checks=[not_a_server_error, response_schema_conformance, status_code_conformance],
        )

    fuzz()

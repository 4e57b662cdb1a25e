"""Webhooks, analytics, aggregation and attachments on the wire."""

from datetime import UTC, datetime

import pytest

from manyhands.crowd import AssignmentId, CloseReason, EventKind, PoolId, ProjectId
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    EVENT_TYPES,
    AnalyticsName,
    AnalyticsRequest,
    AnalyticsResult,
    AnalyticsSubject,
    PushErrorType,
    PushResult,
    WebhookEvent,
    WebhookEventType,
    WebhookForm,
    decode_aggregation_form,
    decode_analytics_requests,
    decode_analytics_results,
    decode_attachment,
    decode_webhook_events,
    decode_webhook_forms,
    decode_webhook_subscription,
    describe_problems,
    encode_aggregation_form,
    encode_analytics_requests,
    encode_analytics_results,
    encode_attachment,
    encode_push_result,
    encode_webhook_events,
    encode_webhook_form,
    encode_webhook_subscription,
    normal_value,
    sign_notification,
)

NOW = datetime(2026, 11, 22, 9, 8, tzinfo=UTC)
FORM = WebhookForm(
    webhook_url="https://example.com/x",
    event_type=WebhookEventType.POOL_CLOSED,
    pool_id=PoolId("1080020"),
    secret_key="12345",  # noqa: S106
)


def test_a_subscription_survives_the_wire() -> None:
    """Alone or among others."""
    assert decode_webhook_forms([encode_webhook_form(FORM), encode_webhook_form(FORM)]) == (FORM, FORM)
    assert decode_webhook_forms(encode_webhook_form(FORM)) == (FORM,)


def test_a_secret_is_not_shown() -> None:
    """Neither in logs nor in what the platform shows."""
    assert "12345" not in repr(FORM)
    shown = {**encode_webhook_form(FORM), "id": "1", "created": "2026-11-22T09:08:00"}
    del shown["secret_key"]
    assert encode_webhook_subscription(decode_webhook_subscription(shown)) == shown


def test_signature_is_the_documented_one() -> None:
    """The example of Toloka's documentation, byte for byte."""
    body = (
        b'{"events":[{"event_time":"2000-01-01T12:00:00","project_id":"project-1","pool_id":"pool-1",'
        b'"uuid":"00000000-0000-0000-0000-000000000000","task_suite_id":"task-suite-1","assignment_id":"assignment-1",'
        b'"webhook_subscription_id":"subscription-1","type":"ASSIGNMENT_APPROVED"}]}'
    )
    assert sign_notification("12345", body, sent_ms=946728000000) == (
        "{v=1, ts=946728000000, sign=609af3eefd4c12b6afad30ab456efcd21fe82f4247d3340151a3ca0c97a6cbcb}"
    )


@pytest.mark.parametrize("url", ["example.com", "file:///etc/passwd", "javascript:1"])
def test_a_notification_goes_to_a_web_address(url: str) -> None:
    """And to nothing else."""
    with pytest.raises(InvalidInput) as caught:
        decode_webhook_forms([{**encode_webhook_form(FORM), "webhook_url": url}])
    assert describe_problems(caught.value.problems)["items.0.webhook_url"]["code"] == "INVALID_URL_SYNTAX"


def test_events_survive_the_wire() -> None:
    """Pages and pools, each with its own facts."""
    page = WebhookEvent(
        uuid="u1",
        webhook_subscription_id="1",
        event_time=NOW,
        type=EVENT_TYPES[EventKind.ACCEPTED],
        project_id=ProjectId("1"),
        pool_id=PoolId("2"),
        assignment_id=AssignmentId("3"),
        task_suite_id="4",
    )
    pool = WebhookEvent(
        uuid="u2",
        webhook_subscription_id="1",
        event_time=NOW,
        type=EVENT_TYPES[EventKind.POOL_CLOSED],
        pool_id=PoolId("2"),
        close_reason=CloseReason.COMPLETED,
        foreign={"more": 1},
    )
    document = encode_webhook_events([page, pool])
    assert [event["type"] for event in document["events"]] == ["ASSIGNMENT_APPROVED", "POOL_CLOSED"]
    assert decode_webhook_events(document) == (page, pool)


def test_a_test_notification_tells_its_fate() -> None:
    """In the API's own, other spelling."""
    result = PushResult(
        success=False, error_type=PushErrorType.WRONG_STATUS_CODE, original_status_code=500, uuids=("u",)
    )
    assert encode_push_result(result) == {
        "success": False,
        "errorType": "WRONG_STATUS_CODE",
        "originalStatusCode": 500,
        "uuids": ["u"],
    }


def test_questions_and_answers_survive_the_wire() -> None:
    """An answer repeats its question."""
    question = AnalyticsRequest(
        subject=AnalyticsSubject.POOL,
        subject_id="7",
        name=AnalyticsName.ACTIVE_WORKERS_BY_FILTER_COUNT,
        interval_hours=3,
    )
    assert decode_analytics_requests(encode_analytics_requests([question])) == (question,)
    answer = AnalyticsResult(request=question, result=normal_value(96))
    assert decode_analytics_results(encode_analytics_results([answer])) == (answer,)


def test_an_unknown_question_is_refused() -> None:
    """With its place."""
    with pytest.raises(InvalidInput) as caught:
        decode_analytics_requests([{"subject": "POOL", "subject_id": "7", "name": "happiness"}])
    assert list(describe_problems(caught.value.problems)) == ["requests.0.name"]


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        pytest.param({"type": "DAWID_SKENE", "fields": [{"name": "a"}, {"name": "b"}]}, "fields", id="two-fields"),
        pytest.param(
            {"type": "WEIGHTED_DYNAMIC_OVERLAP", "fields": [{"name": "a"}]}, "answer_weight_skill_id", id="no-skill"
        ),
    ],
)
def test_an_aggregation_is_possible(document: dict[str, object], problem: str) -> None:
    """Dawid-Skene takes one field, weighing needs a skill."""
    with pytest.raises(InvalidInput) as caught:
        decode_aggregation_form({"pool_id": "1", **document})
    assert list(describe_problems(caught.value.problems)) == [problem]


def test_an_aggregation_survives_the_wire() -> None:
    """Of a pool or of one task."""
    document = {
        "type": "WEIGHTED_DYNAMIC_OVERLAP",
        "pool_id": "1",
        "task_id": "2",
        "fields": [{"name": "a"}, {"name": "b"}],
        "answer_weight_skill_id": "12648",
    }
    assert encode_aggregation_form(decode_aggregation_form(document)) == document


def test_an_attachment_survives_the_wire() -> None:
    """With where it came from."""
    document = {
        "id": "0983459b-e26f-42f3-a5fd-6e3feee913e7",
        "attachment_type": "ASSIGNMENT_ATTACHMENT",
        "name": "dog.png",
        "details": {"user_id": "w", "assignment_id": "1", "pool_id": "2"},
        "created": "2020-12-16T13:11:31.303",
        "media_type": "image/png",
        "owner": {"id": "6c6e", "myself": True},
    }
    assert encode_attachment(decode_attachment(document)) == document

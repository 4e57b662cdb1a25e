"""Skills, restrictions, bonuses and messages on the wire: what is said of workers and to them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    AssignmentId,
    BonusDraft,
    Folder,
    Money,
    PoolId,
    ProjectId,
    RecipientsSelectType,
    RestrictionDraft,
    RestrictionScope,
    SkillDraft,
    SkillId,
    WorkerId,
    WorkerProfile,
    WorkerSkill,
)
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    Requester,
    UserMetadata,
    UserSkill,
    UserSkillForm,
    decode_bonus,
    decode_bonus_draft,
    decode_folders,
    decode_message_form,
    decode_message_reply,
    decode_message_thread,
    decode_requester,
    decode_restriction,
    decode_restriction_draft,
    decode_skill,
    decode_skill_form,
    decode_user_metadata,
    decode_user_skill,
    decode_user_skill_form,
    describe_problems,
    encode_bonus,
    encode_bonus_draft,
    encode_message_form,
    encode_message_thread,
    encode_requester,
    encode_restriction,
    encode_restriction_draft,
    encode_skill,
    encode_skill_form,
    encode_user_metadata,
    encode_user_skill,
    encode_user_skill_form,
)

NOW = datetime(2026, 11, 22, 9, 8, 0, 267000, tzinfo=UTC)
WORKER = WorkerId("a1b0b42923c429daa2c764d7ccfc364d")


def codes(caught: pytest.ExceptionInfo[InvalidInput]) -> dict[str, str]:
    """Return field → code."""
    return {path: problem["code"] for path, problem in describe_problems(caught.value.problems).items()}


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(
            RestrictionDraft(key="k", worker_id=WORKER, scope=RestrictionScope.POOL, pool_id=PoolId("1"), until=NOW),
            id="pool",
        ),
        pytest.param(
            RestrictionDraft(
                key="k",
                worker_id=WORKER,
                scope=RestrictionScope.PROJECT,
                project_id=ProjectId("1"),
                private_comment="Too fast",
            ),
            id="project-for-good",
        ),
        pytest.param(RestrictionDraft(key="k", worker_id=WORKER, scope=RestrictionScope.ALL_PROJECTS), id="all"),
    ],
)
def test_a_restriction_survives_the_wire(draft: RestrictionDraft) -> None:
    """Its key stays on this side, or travels in a field of our own."""
    assert decode_restriction_draft(encode_restriction_draft(draft), key="k") == draft
    assert decode_restriction_draft(encode_restriction_draft(draft, is_extended=True)) == draft


def test_a_restriction_says_where_it_holds() -> None:
    """A scope without its id holds nowhere; the platform's own scope is not the requester's."""
    with pytest.raises(InvalidInput) as caught:
        decode_restriction_draft({"scope": "POOL", "user_id": "w", "private_comment": "x" * 500})
    assert codes(caught) == {"pool_id": "VALUE_REQUIRED", "private_comment": "STRING_LENGTH_GREATER_THAN_MAX"}
    with pytest.raises(InvalidInput) as caught:
        decode_restriction_draft({"scope": "SYSTEM", "user_id": "w"})
    assert codes(caught) == {"scope": "UNKNOWN_ENUM_VALUE"}


def test_a_ban_by_the_platform_is_understood() -> None:
    """The worker may not work for the requester; the document comes back as it was."""
    document = {
        "id": "1",
        "scope": "SYSTEM",
        "user_id": "w",
        "created": "2022-07-19T08:44:34.906",
        "private_comment": "",
    }
    restriction = decode_restriction(document)
    assert restriction.scope is RestrictionScope.ALL_PROJECTS
    assert encode_restriction(restriction) == document


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(BonusDraft(key="k", worker_id=WORKER, amount=Money("0.01")), id="silent"),
        pytest.param(
            BonusDraft(
                key="k",
                worker_id=WORKER,
                amount=Money("99.99999"),
                assignment_id=AssignmentId("1"),
                private_comment="p",
                public_message="Well done.\nGo on.",
            ),
            id="loud",
        ),
    ],
)
def test_a_bonus_survives_the_wire(draft: BonusDraft) -> None:
    """Its key stays on this side, or travels in a field of our own."""
    assert decode_bonus_draft(encode_bonus_draft(draft), key="k") == draft
    assert decode_bonus_draft(encode_bonus_draft(draft, is_extended=True)) == draft


def test_a_message_gets_a_title() -> None:
    """The API wants one: the first line of the message."""
    draft = BonusDraft(key="k", worker_id=WORKER, amount=Money(1), public_message="Well done.\nGo on.")
    document = encode_bonus_draft(draft)
    assert document["public_title"] == {"EN": "Well done."}
    assert document["public_message"] == {"EN": "Well done.\nGo on."}
    assert document["without_message"] is False


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            {"public_title": {"DE": "Gut!"}, "public_message": {"DE": "Danke", "EN": "Thanks"}}, id="languages"
        ),
        pytest.param({"without_message": True, "public_message": {"EN": "Unsent"}}, id="unsent"),
        pytest.param({"private_comment": ""}, id="empty-comment"),
    ],
)
def test_a_shown_bonus_comes_back_as_it_was_shown(changes: dict[str, Any]) -> None:
    """With all languages and both ways of saying nothing."""
    document = {
        "id": "65",
        "user_id": WORKER,
        "amount": 1.5,
        "created": "2021-02-02T12:51:00",
        "assignment_id": "1",
        "without_message": "public_message" not in changes,
        **changes,
    }
    written = encode_bonus(decode_bonus(document))
    assert {name: written[name] for name in document} == document


@pytest.mark.parametrize(
    ("amount", "code"), [(0.004, "VALUE_LESS_THAN_MIN"), (100.01, "VALUE_GREATER_THAN_MAX"), ("1", "FLOAT_EXPECTED")]
)
def test_a_bonus_has_limits(amount: object, code: str) -> None:
    """From half a cent to a hundred dollars."""
    with pytest.raises(InvalidInput) as caught:
        decode_bonus_draft({"user_id": "w", "amount": amount})
    assert codes(caught) == {"amount": code}


def test_a_skill_comes_back_as_it_was_shown() -> None:
    """Public names and lifetimes, too."""
    document = {
        "id": "11051",
        "name": "cats",
        "hidden": False,
        "created": "2022-07-19T08:44:34.906",
        "public_name": {"EN": "Cats"},
        "skill_ttl_hours": 24,
        "training": True,
        "global": False,
        "owner": {"id": "1"},
    }
    assert encode_skill(decode_skill(document)) == document
    form = decode_skill_form(document)
    assert form == SkillDraft(
        name="cats", is_hidden=False, lifetime=timedelta(days=1), foreign={"public_name": {"EN": "Cats"}}
    )
    assert decode_skill_form(encode_skill_form(form)) == form


def test_a_skill_has_a_name() -> None:
    """Blanks are none."""
    with pytest.raises(InvalidInput) as caught:
        decode_skill_form({"name": " ", "skill_ttl_hours": 0})
    assert codes(caught) == {"name": "BLANK_STRING_NOT_ALLOWED", "skill_ttl_hours": "VALUE_LESS_THAN_MIN"}


@pytest.mark.parametrize(
    ("share", "value", "exact"), [(0.597, 60, 59.7), (0.0, 0, 0), (1.0, 100, 100), (0.005, 1, 0.5)]
)
def test_values_of_skills_are_percent_there(share: float, value: int, exact: float) -> None:
    """Rounded, and exact beside it."""
    skill = WorkerSkill(worker_id=WORKER, skill_id=SkillId("5"), value=share, created=NOW, modified=NOW)
    user_skill = UserSkill(id="1", skill=skill)
    document = encode_user_skill(user_skill)
    assert (document["value"], document["exact_value"]) == (value, exact)
    assert decode_user_skill(document) == user_skill


def test_a_value_to_be_set_survives_the_wire() -> None:
    """With its reason."""
    form = UserSkillForm(worker_id=WORKER, skill_id=SkillId("5"), value=0.333, reason="exam")
    assert decode_user_skill_form(encode_user_skill_form(form)) == form
    with pytest.raises(InvalidInput) as caught:
        decode_user_skill_form({"user_id": "w", "skill_id": "5", "value": 101})
    assert codes(caught) == {"value": "VALUE_GREATER_THAN_MAX"}


def test_what_is_known_of_a_worker_survives_the_wire() -> None:
    """Languages, country and devices."""
    profile = WorkerProfile(
        languages=frozenset({"RU", "EN"}), country="BY", is_adult_content_allowed=False, attributes={"os_family": "IOS"}
    )
    metadata = UserMetadata(worker_id=WORKER, profile=profile)
    assert decode_user_metadata(encode_user_metadata(metadata)) == metadata


def test_a_requester_survives_the_wire() -> None:
    """The balance is exact."""
    requester = Requester(id="1", balance=Money("10120.98765"), public_name={"EN": "Ann", "RU": "Аня"})
    assert decode_requester(encode_requester(requester)) == requester


THREAD: dict[str, Any] = {
    "id": "643933af08583e0a19c2167e",
    "topic": {"EN": "Test bonus"},
    "interlocutors_inlined": True,
    "interlocutors": [{"id": "6c6e", "role": "REQUESTER", "myself": True}, {"id": "a1b0", "role": "USER"}],
    "messages_inlined": True,
    "messages": [
        {
            "text": {"EN": "Thank you"},
            "from": {"id": "6c6e", "role": "REQUESTER", "myself": True},
            "created": "2023-04-14T11:06:23.096",
        }
    ],
    "compose_details": {"recipients_select_type": "DIRECT", "recipients_ids": ["a1b0"]},
    "meta": {},
    "folders": ["OUTBOX"],
    "answerable": False,
    "created": "2023-04-14T11:06:23.096",
}


def test_a_thread_comes_back_as_it_was_shown() -> None:
    """Its messages know who sent them."""
    thread = decode_message_thread(THREAD)
    assert thread.messages is not None
    assert thread.messages[0].sender.id == "6c6e"
    assert encode_message_thread(thread) == THREAD


@pytest.mark.parametrize(
    "recipients",
    [
        pytest.param({"recipients_select_type": "ALL"}, id="all"),
        pytest.param({"recipients_select_type": "DIRECT", "recipients_ids": ["w"]}, id="direct"),
        pytest.param(
            {
                "recipients_select_type": "FILTER",
                "recipients_filter": {"category": "skill", "key": "5", "operator": "GT", "value": 50},
            },
            id="filter",
        ),
    ],
)
def test_a_message_to_be_sent_survives_the_wire(recipients: dict[str, Any]) -> None:
    """Whoever gets it."""
    document = {"topic": {"EN": "t"}, "text": {"EN": "x", "DE": "y"}, "answerable": True, **recipients}
    draft = decode_message_form(document)
    assert draft.recipients.select is RecipientsSelectType(recipients["recipients_select_type"])
    assert encode_message_form(draft) == document


def test_a_message_names_its_recipients() -> None:
    """In the way that it chose, and in words that there are."""
    with pytest.raises(InvalidInput) as caught:
        decode_message_form({"topic": {}, "text": {"EN": 5}, "answerable": 1, "recipients_select_type": "FILTER"})
    assert codes(caught) == {
        "topic": "VALUE_REQUIRED",
        "text.EN": "STRING_EXPECTED",
        "answerable": "BOOLEAN_EXPECTED",
        "recipients_filter": "VALUE_REQUIRED",
    }


def test_replies_and_folders_are_read() -> None:
    """The small documents of threads."""
    assert decode_message_reply({"text": {"EN": "Thank you very much!"}}) == {"EN": "Thank you very much!"}
    assert decode_folders({"folders": ["UNREAD"]}) == (Folder.UNREAD,)
    with pytest.raises(InvalidInput):
        decode_folders({"folders": []})
